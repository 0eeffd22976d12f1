package dev.fairlead.operator.serve;

import dev.fairlead.operator.trust.TrustMaterial;
import dev.fairlead.sidecar.http.UnpooledContent;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listening socket and its certificate, which changes without a connection being cut. */
final class TlsListener {
    private static final Logger LOG = LoggerFactory.getLogger(TlsListener.class);
    private static final int LINE_BYTES = 2 * 1024;
    private static final int HEADER_BYTES = 16 * 1024;
    private static final int BACKLOG = 1024;
    private static final long RETRY_MILLIS = 2_000;

    private final Vertx vertx;
    private final ServeSettings settings;
    private final Handler<HttpServerRequest> requests;
    private final Handler<HttpServerRequest> unreadable;
    private final Handler<HttpConnection> connections;
    private final Promise<Integer> listening = Promise.promise();

    private TrustMaterial latest;
    private HttpServer server;
    private Future<Boolean> changes = Future.succeededFuture(true);
    private boolean starting;
    private boolean closed;

    TlsListener(
            Vertx vertx,
            ServeSettings settings,
            Handler<HttpServerRequest> requests,
            Handler<HttpServerRequest> unreadable,
            Handler<HttpConnection> connections) {
        this.vertx = vertx;
        this.settings = settings;
        this.requests = requests;
        this.unreadable = unreadable;
        this.connections = connections;
    }

    Future<Integer> listening() {
        return listening.future();
    }

    /** Serves new connections with that; listens if it does not yet. */
    void use(TrustMaterial material) {
        latest = material;
        if (server != null) {
            change(material);
        } else if (!starting) {
            starting = true;
            listen(material);
        }
    }

    Future<Void> close() {
        closed = true;
        return server == null ? Future.succeededFuture() : server.shutdown(0, TimeUnit.SECONDS);
    }

    private void listen(TrustMaterial material) {
        var candidate = vertx.createHttpServer(options(material))
                .connectionHandler(connection -> {
                    UnpooledContent.on(connection);
                    connections.handle(connection);
                })
                .invalidRequestHandler(unreadable)
                .exceptionHandler(failed -> LOG.atDebug()
                        .addKeyValue("error", failed.getClass().getSimpleName())
                        .log("connection failed"))
                .requestHandler(requests);
        candidate.listen().onComplete(outcome -> {
            if (outcome.succeeded()) {
                server = candidate;
                LOG.atInfo().addKeyValue("port", candidate.actualPort()).log("configuration server listening");
                listening.tryComplete(candidate.actualPort());
                if (closed) {
                    candidate.close();
                } else if (!material.equals(latest)) {
                    change(latest);
                }
            } else {
                LOG.atError()
                        .addKeyValue("port", settings.port())
                        .addKeyValue("error", outcome.cause().getClass().getSimpleName())
                        .log("configuration server cannot listen");
                vertx.setTimer(RETRY_MILLIS, again -> {
                    if (!closed) {
                        listen(latest);
                    }
                });
            }
        });
    }

    /** One after the other, so that the latest wins. What cannot be used leaves the one before in place. */
    private void change(TrustMaterial material) {
        changes = changes.recover(failed -> Future.succeededFuture(true))
                .compose(before -> server.updateSSLOptions(tls(material)))
                .onComplete(outcome -> {
                    if (outcome.failed()) {
                        LOG.atError()
                                .addKeyValue("error", outcome.cause().getClass().getSimpleName())
                                .log("certificate cannot be used");
                    } else if (outcome.result()) {
                        LOG.atInfo().log("certificate changed");
                    }
                });
    }

    private HttpServerOptions options(TrustMaterial material) {
        return new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port())
                .setSsl(true)
                .setKeyCertOptions(pem(material))
                .setEnabledSecureTransportProtocols(protocols())
                .setUseAlpn(false)
                .setAlpnVersions(List.of(HttpVersion.HTTP_1_1))
                .setHttp2ClearTextEnabled(false)
                .setSslHandshakeTimeout(settings.request().toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setAcceptBacklog(BACKLOG)
                .setTcpKeepAlive(true)
                .setMaxInitialLineLength(LINE_BYTES)
                .setMaxHeaderSize(HEADER_BYTES);
    }

    private ServerSSLOptions tls(TrustMaterial material) {
        return new ServerSSLOptions()
                .setKeyCertOptions(pem(material))
                .setEnabledSecureTransportProtocols(protocols())
                .setSslHandshakeTimeout(settings.request().toMillis())
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    }

    private static Set<String> protocols() {
        return Set.of("TLSv1.3", "TLSv1.2");
    }

    private static PemKeyCertOptions pem(TrustMaterial material) {
        return new PemKeyCertOptions()
                .setCertValue(Buffer.buffer(material.certificateChain()))
                .setKeyValue(Buffer.buffer(material.privateKey()));
    }
}
