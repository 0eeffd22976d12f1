package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.config.ErrorCode;
import dev.fairlead.sidecar.config.RouteConfig.Audience;
import dev.fairlead.sidecar.dialect.openai.ModelsPage;
import dev.fairlead.sidecar.route.Match;
import dev.fairlead.sidecar.usage.Outcome;
import io.netty.buffer.Unpooled;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** {@code GET /v1/models} and {@code GET /v1/models/ID}: what this workload can call. */
final class ModelsAnswer {
    private static final String PATH = "/v1/models";

    private final Exchange exchange;
    private final LiveConfig config;

    ModelsAnswer(Exchange exchange, LiveConfig config) {
        this.exchange = exchange;
        this.config = config;
    }

    void give() {
        var path = exchange.head.path();
        if (path.length() <= PATH.length() + 1) {
            var entries = config.table().listed().stream()
                    .filter(ModelsAnswer::offered)
                    .map(this::entry)
                    .toList();
            answer(ModelsPage.list(entries));
            return;
        }
        String model;
        try {
            model = URLDecoder.decode(path.substring(PATH.length() + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            exchange.refuse(ErrorCode.INVALID_REQUEST, "The model's name in the path is not valid URL encoding.", null);
            return;
        }
        var match = config.table().find(model, exchange.head.header(HeaderNames.ROUTE));
        if (match == null || match.route().audience() == Audience.REFUSED || !offered(match)) {
            exchange.refuse(ErrorCode.MODEL_NOT_FOUND, Sentences.modelNotFound(model), "model");
        } else {
            answer(ModelsPage.one(new ModelsPage.Entry(
                    model, config.appliedAtMs() / 1000, match.route().id())));
        }
    }

    private static boolean offered(Match match) {
        return match.route().endpoints().contains(Endpoint.MODELS.wireName());
    }

    private ModelsPage.Entry entry(Match match) {
        return new ModelsPage.Entry(
                match.model().name(), config.appliedAtMs() / 1000, match.route().id());
    }

    private void answer(byte[] json) {
        var head = new ResponseHead(200)
                .add("content-type", "application/json")
                .add(AnswerHeaders.REQUEST_ID, AnswerHeaders.id(exchange));
        exchange.finish(200, Outcome.OK, null);
        exchange.client.answer(head, Unpooled.wrappedBuffer(json));
    }
}
