package dev.fairlead.sidecar.http;

import dev.fairlead.sidecar.exchange.Upstream;
import dev.fairlead.sidecar.exchange.UpstreamCall;
import dev.fairlead.sidecar.exchange.UpstreamListener;
import dev.fairlead.sidecar.exchange.UpstreamRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;

/** The way to one provider from one loop, over the loop's connections. */
final class VertxUpstream implements Upstream {
    private final ProviderConnections connections;
    private final String host;
    private final int port;
    private final boolean tls;
    private final String basePath;

    VertxUpstream(ProviderConnections connections, URI base) {
        this.connections = connections;
        this.tls = "https".equalsIgnoreCase(base.getScheme());
        this.host = base.getHost();
        this.port = base.getPort() >= 0 ? base.getPort() : tls ? 443 : 80;
        this.basePath = base.getRawPath() == null ? "" : base.getRawPath();
    }

    @Override
    public UpstreamCall send(UpstreamRequest request, UpstreamListener listener) {
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(host)
                .setPort(port)
                .setSsl(tls)
                .setURI(basePath + request.path())
                .setConnectTimeout(request.connectTimeoutMs());
        var call = new VertxUpstreamCall(request, listener, connections);
        connections.client(request.freshConnection()).request(options).onComplete(call::connected, call::notConnected);
        return call;
    }
}
