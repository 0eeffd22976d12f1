package dev.fairlead.sidecar.http;

import dev.fairlead.sidecar.exchange.Endpoint;

/** Which path is which endpoint, and which method it takes. */
enum PathTable {
    CHAT("POST", Endpoint.CHAT_COMPLETIONS),
    RESPOND("POST", Endpoint.RESPONSES),
    EMBED("POST", Endpoint.EMBEDDINGS),
    LIST("GET", Endpoint.MODELS);

    private final String method;
    private final Endpoint endpoint;

    PathTable(String method, Endpoint endpoint) {
        this.method = method;
        this.endpoint = endpoint;
    }

    /** The entry of a path, {@code null} when it is none of ours. */
    static PathTable of(String path) {
        return switch (path) {
            case "/v1/chat/completions" -> CHAT;
            case "/v1/responses" -> RESPOND;
            case "/v1/embeddings" -> EMBED;
            case "/v1/models" -> LIST;
            default -> path.startsWith("/v1/models/") ? LIST : null;
        };
    }

    String method() {
        return method;
    }

    Endpoint endpoint() {
        return endpoint;
    }
}
