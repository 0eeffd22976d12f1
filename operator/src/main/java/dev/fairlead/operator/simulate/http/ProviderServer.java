package dev.fairlead.operator.simulate.http;

import dev.fairlead.operator.simulate.dialect.Dialect;
import dev.fairlead.sidecar.http.UnpooledContent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;

/** The listening socket and what hangs on it. */
public final class ProviderServer {

    private static final long CONSUMER_TICK_MILLIS = 1000;

    private final Vertx vertx;
    private final Provider provider;
    private final Connections connections = new Connections();
    private final Control control;
    private final ControlHandler controlHandler;
    private final CallHandler callHandler;

    public ProviderServer(Vertx vertx, Provider provider, Dialect dialect) {
        this.vertx = vertx;
        this.provider = provider;
        this.control = new Control(provider, connections);
        this.controlHandler = new ControlHandler(control);
        this.callHandler = new CallHandler(vertx, provider, dialect);
    }

    /** What may be done to the provider; only on the thread that runs this server. */
    public Control control() {
        return control;
    }

    /** Listens. Must be called on the event loop that shall serve. */
    public Future<HttpServer> listen(HttpServerOptions options) {
        if (!provider.profile().consumers().isEmpty()) {
            // Not what drives them (they are computed from the time), but what keeps the arrears small.
            vertx.setPeriodic(
                    CONSUMER_TICK_MILLIS, unused -> provider.accounts().catchUp(provider.now()));
        }
        return vertx.createHttpServer(options)
                .connectionHandler(connection -> {
                    OneLength.on(connection, options);
                    UnpooledContent.on(connection);
                    connections.opened(connection);
                })
                .invalidRequestHandler(request ->
                        EdgePage.unreadable(request.decoderResult().cause()).sendAndClose(request))
                .requestHandler(this::dispatch)
                .listen();
    }

    private void dispatch(HttpServerRequest request) {
        if (ControlHandler.owns(request.path())) {
            connections.carriesControl(request.connection());
            controlHandler.handle(request);
        } else {
            connections.carriesCalls(request.connection());
            callHandler.handle(request);
        }
    }
}
