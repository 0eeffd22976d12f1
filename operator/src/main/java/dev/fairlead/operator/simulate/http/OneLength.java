package dev.fairlead.operator.simulate.http;

import io.netty.handler.codec.http.HttpMessage;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;

/**
 * Reads requests as a careful edge does: one with both a content-length and a transfer-encoding is no request (RFC 9112,
 * section 6.3). Netty by itself would drop the length, and nobody behind it could tell.
 */
final class OneLength extends VertxHttpRequestDecoder {

    private static final String DECODER = "httpDecoder";

    private OneLength(HttpServerOptions options) {
        super(options);
    }

    /** Puts it in place of the usual reader, before the first request of the connection. */
    static void on(HttpConnection connection, HttpServerOptions options) {
        ((HttpServerConnection) connection)
                .channelHandlerContext()
                .pipeline()
                .replace(DECODER, DECODER, new OneLength(options));
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("both a content-length and a transfer-encoding");
    }
}
