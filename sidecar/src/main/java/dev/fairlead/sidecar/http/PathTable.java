package dev.fairlead.sidecar.http;

import dev.fairlead.sidecar.exchange.Endpoint;
import io.vertx.core.http.HttpMethod;

/** Which path is which endpoint, and which method it takes. */
enum PathTable {
    CHAT(HttpMethod.POST, Endpoint.CHAT_COMPLETIONS),
    EMBED(HttpMethod.POST, Endpoint.EMBEDDINGS),
    LIST(HttpMethod.GET, Endpoint.MODELS);

    private final HttpMethod method;
    private final Endpoint endpoint;

    PathTable(HttpMethod method, Endpoint endpoint) {
        this.method = method;
        this.endpoint = endpoint;
    }

    /** The entry of a path, {@code null} when it is none of ours. */
    static PathTable of(String path) {
        return switch (path) {
            case "/v1/chat/completions" -> CHAT;
            case "/v1/embeddings" -> EMBED;
            case "/v1/models" -> LIST;
            default -> path.startsWith("/v1/models/") ? LIST : null;
        };
    }

    HttpMethod method() {
        return method;
    }

    Endpoint endpoint() {
        return endpoint;
    }
}
