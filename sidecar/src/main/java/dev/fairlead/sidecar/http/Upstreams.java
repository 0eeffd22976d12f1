package dev.fairlead.sidecar.http;

import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.config.ProxyConfig;
import dev.fairlead.sidecar.exchange.Upstream;
import io.vertx.core.Vertx;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The ways to all providers from one loop. Connections outlive configurations that do not change how a provider is reached. */
public final class Upstreams {
    /** How long calls of an earlier configuration may go on over connections that the new one does not use. */
    private static final long LINGER_MS = 600_000;

    private final Vertx vertx;
    private final LoopTurn turn;
    private final ProxyEnvironment environment;
    private Map<Way, ProviderConnections> ways = new HashMap<>();

    private record Way(String origin, ProxyConfig proxy, String caBundle) {}

    public Upstreams(Vertx vertx, LoopTurn turn, ProxyEnvironment environment) {
        this.vertx = vertx;
        this.turn = turn;
        this.environment = environment;
    }

    /**
     * The proxy on the way to a pool's provider, {@code null} for none; any thread.
     *
     * @throws IllegalArgumentException when the process's environment names a proxy by something that is no URL
     */
    public ProxyConfig proxyFor(PoolConfig pool) {
        return pool.proxy() != null ? pool.proxy() : environment.proxyFor(URI.create(pool.baseUrl()));
    }

    /**
     * The ways for these pools, in their order; connections that none of them uses end when their calls have.
     *
     * @throws GeneralSecurityException when a pool's {@code caBundle} cannot be used
     */
    public List<Upstream> apply(List<PoolConfig> pools) throws GeneralSecurityException {
        var next = new HashMap<Way, ProviderConnections>();
        var upstreams = new ArrayList<Upstream>();
        for (var pool : pools) {
            var base = URI.create(pool.baseUrl());
            var proxy = proxyFor(pool);
            var way = new Way(base.getScheme() + "://" + base.getAuthority(), proxy, pool.caBundle());
            var connections = next.get(way);
            if (connections == null) {
                connections = ways.get(way);
            }
            if (connections == null) {
                connections = new ProviderConnections(vertx, turn, proxy, new SystemTrust(pool.caBundle()));
            }
            next.put(way, connections);
            upstreams.add(new VertxUpstream(connections, base));
        }
        ways.forEach((way, connections) -> {
            if (next.get(way) != connections) {
                vertx.setTimer(LINGER_MS, t -> connections.close());
            }
        });
        ways = next;
        return upstreams;
    }
}
