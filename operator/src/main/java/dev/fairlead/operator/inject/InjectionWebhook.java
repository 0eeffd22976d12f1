package dev.fairlead.operator.inject;

import dev.fairlead.operator.trust.TrustMaterial;
import dev.fairlead.operator.trust.TrustSource;
import dev.fairlead.sidecar.http.UnpooledContent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves reviews to API servers over HTTPS. Listens as soon as there are certificates and takes new ones without a restart:
 * connections that are open keep theirs. Safe on every thread.
 */
public final class InjectionWebhook {
    private static final Logger LOG = LoggerFactory.getLogger(InjectionWebhook.class);

    /** Longer than an API server keeps a connection that it does not use, 90 s, so that it never writes to one that closes. */
    private static final int IDLE_SECONDS = 120;

    private static final int CONNECTIONS = 512;

    /** More than the reviews that are taken at once. */
    private static final int CONNECTIONS_OF_ONE_ADDRESS = 160;

    private static final long FIRST_REQUEST_MILLIS = 10_000;

    /** Before the API server gives up, after the 5 s of the chart, so that people read our sentence and not its. */
    private static final long TIMEOUT_MILLIS = 4_500;

    private final Vertx vertx;
    private final Context context;
    private final TrustSource trust;
    private final PodReviews reviews;
    private final String host;
    private final int port;
    private final long timeoutMillis;
    private final BodyReader bodies;
    private final Connections connections;
    private final Promise<Integer> listening = Promise.promise();

    /** These two only on the context. */
    private HttpServer server;

    private Future<Void> change = Future.succeededFuture();

    /**
     * One that does not listen yet.
     *
     * @param port 0 picks one
     */
    public InjectionWebhook(Vertx vertx, TrustSource trust, PodReviews reviews, String host, int port) {
        this(vertx, trust, reviews, host, port, TIMEOUT_MILLIS);
    }

    InjectionWebhook(Vertx vertx, TrustSource trust, PodReviews reviews, String host, int port, long timeoutMillis) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.trust = trust;
        this.reviews = reviews;
        this.host = host;
        this.port = port;
        this.timeoutMillis = timeoutMillis;
        this.bodies = new BodyReader(vertx, timeoutMillis);
        this.connections = new Connections(vertx, CONNECTIONS, CONNECTIONS_OF_ONE_ADDRESS, FIRST_REQUEST_MILLIS);
    }

    /** Completes with the port once it listens, which is after the first certificates have come; fails if it cannot. */
    public Future<Integer> start() {
        trust.onChange(material -> context.runOnContext(ignored -> take(material)));
        trust.current().ifPresent(material -> context.runOnContext(ignored -> take(material)));
        return listening.future();
    }

    /** Takes nothing more; completes when the port is free. */
    public Future<Void> close() {
        Promise<Void> closed = Promise.promise();
        context.runOnContext(ignored -> change.onComplete(
                done -> (server == null ? Future.<Void>succeededFuture() : server.close()).onComplete(closed)));
        return closed.future();
    }

    /** One after the other, so that the latest wins. */
    private void take(TrustMaterial material) {
        change = change.transform(before -> server == null ? listen(material) : replace(material));
    }

    /** Bytes of reviews that are being read or decided about. */
    long held() {
        return bodies.held();
    }

    private Future<Void> listen(TrustMaterial material) {
        var handler = new ReviewHandler(vertx, reviews, bodies, timeoutMillis);
        server = vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setUseAlpn(false)
                        .setKeyCertOptions(pem(material))
                        .setTcpKeepAlive(true)
                        .setIdleTimeout(IDLE_SECONDS))
                .exceptionHandler(e -> LOG.atDebug()
                        .addKeyValue("error", e.getClass().getSimpleName())
                        .log("connection failed"))
                .connectionHandler(connection -> {
                    UnpooledContent.on(connection);
                    connections.handle(connection);
                })
                .requestHandler(request -> {
                    connections.requested(request.connection());
                    handler.handle(request);
                });
        return server.listen(port, host)
                .onSuccess(bound ->
                        LOG.atInfo().addKeyValue("port", bound.actualPort()).log("webhook listening"))
                .map(HttpServer::actualPort)
                .onComplete(listening)
                .mapEmpty();
    }

    private Future<Void> replace(TrustMaterial material) {
        return server.updateSSLOptions(new ServerSSLOptions().setKeyCertOptions(pem(material)))
                .onSuccess(changed -> LOG.atInfo().log("webhook certificate changed"))
                .onFailure(e -> LOG.atError().setCause(e).log("webhook certificate refused, the one before stays"))
                .mapEmpty();
    }

    private static PemKeyCertOptions pem(TrustMaterial material) {
        return new PemKeyCertOptions()
                .setCertValue(Buffer.buffer(material.certificateChain()))
                .setKeyValue(Buffer.buffer(material.privateKey()));
    }
}
