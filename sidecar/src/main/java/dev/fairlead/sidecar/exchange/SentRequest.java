package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.dialect.JsonText;
import dev.fairlead.sidecar.dialect.openai.RequestSplice;
import dev.fairlead.sidecar.provider.UsageInStream;

/** What a target is sent of the client's body: the model's name there, and the question for usage where a stream needs it. */
final class SentRequest {
    private SentRequest() {}

    /** @param mayAskForUsage whether nobody has refused this call since it asked for usage */
    static RequestSplice splice(Exchange exchange, LiveTarget target, boolean mayAskForUsage) {
        var pool = target.pool();
        boolean mayAsk = mayAskForUsage
                && exchange.endpoint.asksForUsage()
                && pool.provider().usageInStream() == UsageInStream.STREAM_OPTIONS
                && !pool.streamOptions().refused(exchange.shared.loop.nowMs());
        return RequestSplice.of(exchange.requestFacts(), quotedModel(exchange, target), mayAsk);
    }

    private static byte[] quotedModel(Exchange exchange, LiveTarget target) {
        var own = exchange.routing.ownModel();
        boolean qualified = target.quotedModel() == null && !own.equals(exchange.facts.model);
        return qualified ? JsonText.quoted(own) : target.quotedModel();
    }
}
