package dev.fairlead.sidecar.http;

import dev.fairlead.sidecar.config.ErrorCode;
import dev.fairlead.sidecar.exchange.Exchanges;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.concurrent.TimeUnit;

/** The data port on one event loop. */
public final class DataServer {
    private static final int MAX_LINE_BYTES = 8 * 1024;

    private final HttpServer server;
    private final Connections connections;
    private final OriginGuard guard;
    private final ServerLimits limits;
    private final Exchanges exchanges;

    /** Listens nowhere yet; several servers, one per loop, may listen on one port. */
    public DataServer(Vertx vertx, LoopTurn turn, String host, ServerLimits limits, Exchanges exchanges) {
        this.limits = limits;
        this.exchanges = exchanges;
        this.guard = new OriginGuard(host);
        this.connections = new Connections(vertx, limits.idleConnectionMs());
        var options = options(limits);
        var framing = new StrictFraming(options);
        this.server = vertx.createHttpServer(options)
                .connectionHandler(connection -> {
                    framing.install(connection);
                    UnpooledContent.on(connection);
                    turn.join(((HttpServerConnection) connection).channelHandlerContext());
                    connections.opened(connection);
                })
                .invalidRequestHandler(this::invalid)
                .requestHandler(this::handle);
    }

    private static HttpServerOptions options(ServerLimits limits) {
        return new HttpServerOptions()
                // Upgrades that clients try silently (the JDK's own does) would change the protocol under us.
                .setHttp2ClearTextEnabled(false)
                // Handlers that every message would pass for nothing.
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                .setMaxHeaderSize(limits.maxHeaderBytes())
                .setMaxInitialLineLength(MAX_LINE_BYTES)
                .setTcpNoDelay(true)
                .setReusePort(false)
                .setAcceptBacklog(1024);
    }

    /** Listens; port 0 picks one. The port that it became. */
    public Future<Integer> listen(int port, String host) {
        return server.listen(port, host).map(HttpServer::actualPort);
    }

    private void handle(HttpServerRequest request) {
        connections.began(request);
        new ServerCall(request, limits).begin(exchanges, guard);
    }

    private void invalid(HttpServerRequest request) {
        connections.began(request);
        var cause = request.decoderResult().cause();
        boolean large = cause instanceof TooLongFrameException;
        new ServerCall(request, limits)
                .malformed(
                        exchanges,
                        large ? ErrorCode.HEADERS_TOO_LARGE : ErrorCode.INVALID_REQUEST,
                        large ? tooLarge(cause) : "The request is not valid HTTP/1.1: " + fault(cause) + ".");
    }

    private String tooLarge(Throwable cause) {
        return cause instanceof TooLongHttpLineException
                ? "The request's first line is longer than " + MAX_LINE_BYTES + " bytes."
                : "The request's head is larger than " + limits.maxHeaderBytes() + " bytes.";
    }

    private static String fault(Throwable cause) {
        var message = cause.getMessage();
        return message != null && message.startsWith("both ") ? message : "its head cannot be read";
    }

    /** Open connections. */
    public int openConnections() {
        return connections.open();
    }

    /** No new calls; running ones may finish within the time, then every connection ends. */
    public Future<Void> drain(long timeoutMs) {
        return server.shutdown(timeoutMs, TimeUnit.MILLISECONDS);
    }
}
