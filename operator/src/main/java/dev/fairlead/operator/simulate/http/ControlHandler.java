package dev.fairlead.operator.simulate.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/** The control paths, next to the provider's own. */
final class ControlHandler {

    private static final int MAX_BODY = 1 << 20;
    private static final Set<String> SCHEMAS = Set.of("stats", "faults", "reset", "profile");
    private static final String SCHEMA_PREFIX = "/schemas/";
    private static final String HELP = """
            This is a simulated AI provider. It speaks OpenAI's API:
              POST /v1/chat/completions   POST /v1/embeddings   GET /v1/models   GET /v1/models/ID
            with any key of its profile (without a profile: any key that begins with sk-).
            Control:
              GET    /stats[?log=N]   its books and the last calls
              POST   /faults          what shall go wrong: a list of faults, or one
              GET    /faults          what is going to go wrong
              DELETE /faults          nothing shall go wrong
              POST   /reset           full limits, empty books, no faults
              GET    /schemas/NAME    JSON schemas: stats, faults, reset, profile
            """;

    private final Control control;

    ControlHandler(Control control) {
        this.control = control;
    }

    static boolean owns(String path) {
        return path == null
                || path.equals("/")
                || path.equals("/stats")
                || path.equals("/faults")
                || path.equals("/reset")
                || path.startsWith(SCHEMA_PREFIX);
    }

    void handle(HttpServerRequest request) {
        BodyReader.read(request, MAX_BODY, new BodyReader.Result() {
            @Override
            public void whole(byte[] body) {
                try {
                    route(request, body);
                } catch (IllegalArgumentException e) {
                    complain(request, 400, e.getMessage());
                }
            }

            @Override
            public void tooLarge(long limit, long read) {
                complain(request, 413, "the body is longer than " + limit + " bytes");
            }
        });
    }

    private void route(HttpServerRequest request, byte[] body) {
        String path = request.path() == null ? "/" : request.path();
        switch (request.method().name() + " " + path) {
            case "GET /" -> text(request, "text/plain; charset=utf-8", HELP);
            case "GET /stats" -> json(request, 200, control.stats(logTail(request)));
            case "GET /faults" -> json(request, 200, control.faults());
            case "POST /faults" -> json(request, 200, control.addFaults(body));
            case "DELETE /faults" -> json(request, 200, control.clearFaults());
            case "POST /reset" -> json(request, 200, control.reset());
            default -> other(request, path);
        }
    }

    private static void other(HttpServerRequest request, String path) {
        if (!path.startsWith(SCHEMA_PREFIX)) {
            complain(request, 405, request.method() + " is not for " + path + "; see GET /");
            return;
        }
        String name = path.substring(SCHEMA_PREFIX.length());
        if (!SCHEMAS.contains(name)) {
            complain(
                    request,
                    404,
                    "no schema '" + name + "'; there are "
                            + SCHEMAS.stream().sorted().toList());
            return;
        }
        try (InputStream in = Control.class.getResourceAsStream("/simulate/" + name + ".schema.json")) {
            request.response()
                    .putHeader("content-type", "application/schema+json")
                    .end(Buffer.buffer(in.readAllBytes()));
        } catch (IOException e) {
            throw new IllegalStateException("schema " + name + " cannot be read from the jar", e);
        }
    }

    private static int logTail(HttpServerRequest request) {
        String value = request.getParam("log");
        if (value == null) {
            return Integer.MAX_VALUE;
        }
        try {
            int tail = Integer.parseInt(value);
            if (tail >= 0) {
                return tail;
            }
        } catch (NumberFormatException e) {
            // Said below, together with negative numbers.
        }
        throw new IllegalArgumentException("log: got '" + value + "', expected a whole number from 0");
    }

    private static void complain(HttpServerRequest request, int status, String message) {
        json(request, status, JsonNodeFactory.instance.objectNode().put("error", message));
    }

    private static void json(HttpServerRequest request, int status, JsonNode node) {
        request.response().setStatusCode(status);
        text(request, "application/json", node.toPrettyString() + "\n");
    }

    private static void text(HttpServerRequest request, String type, String body) {
        request.response().putHeader("content-type", type).end(body);
    }
}
