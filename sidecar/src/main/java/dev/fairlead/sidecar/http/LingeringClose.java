package dev.fairlead.sidecar.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/**
 * Ends a connection whose client may still be sending: closing at once would reset it before the client has read our answer.
 * What arrives is discarded until the client has finished, at most for {@value #MS} ms.
 */
final class LingeringClose {
    private static final long MS = 2_000;

    private final HttpServerRequest request;

    LingeringClose(HttpServerRequest request) {
        this.request = request;
    }

    void begin() {
        if (request.isEnded()) {
            request.response().closeHandler(null);
            request.connection().close();
            return;
        }
        request.handler(discarded -> {});
        request.endHandler(v -> request.connection().close());
        Vertx.currentContext().owner().setTimer(MS, t -> request.connection().close());
    }
}
