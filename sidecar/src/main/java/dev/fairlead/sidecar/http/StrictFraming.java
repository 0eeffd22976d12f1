package dev.fairlead.sidecar.http;

import io.netty.handler.codec.http.HttpMessage;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;

/**
 * Refuses a request that says in two ways how long its body is (RFC 9112, section 6.1: smuggling). Netty believes the
 * transfer-encoding and silently forgets the length, so that nobody after its decoder could notice.
 */
final class StrictFraming {
    private static final String DECODER = "httpDecoder";

    private final HttpServerOptions options;

    StrictFraming(HttpServerOptions options) {
        this.options = options;
    }

    /** Before the first request of a connection is read. */
    void install(HttpConnection connection) {
        ((HttpServerConnection) connection)
                .channelHandlerContext()
                .pipeline()
                .replace(DECODER, DECODER, new Decoder(options));
    }

    private static final class Decoder extends VertxHttpRequestDecoder {
        Decoder(HttpServerOptions options) {
            super(options);
        }

        @Override
        protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
            throw new IllegalArgumentException("both content-length and transfer-encoding");
        }
    }
}
