package dev.fairlead.sidecar.http;

import dev.fairlead.sidecar.config.ProxyConfig;
import io.netty.util.AsciiString;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.impl.HttpClientConnectionInternal;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/** The connections of one loop to providers that are reached in the same way: kept alive, never shared between loops. */
final class ProviderConnections {
    /** A pool's concurrency is the scheduler's affair: calls with a lease must not queue again for a socket. */
    private static final int MAX_CONNECTIONS = 4_096;

    private static final int KEEP_ALIVE_SECONDS = 60;
    private static final int MAX_HEADER_BYTES = 64 * 1024;

    private final Vertx vertx;
    private final LoopTurn turn;
    private final HttpClientOptions options;
    private final HttpClient client;
    private final boolean proxied;
    private final Map<String, AsciiString> headerNames = new HashMap<>();
    private final Set<HttpConnection> fresh = Collections.newSetFromMap(new IdentityHashMap<>());
    private HttpClient unkept;

    ProviderConnections(Vertx vertx, LoopTurn turn, ProxyConfig proxy, SystemTrust trust) {
        this.vertx = vertx;
        this.turn = turn;
        options = new HttpClientOptions()
                .setKeepAlive(true)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setTcpNoDelay(true)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setDecompressionSupported(false)
                .setVerifyHost(true)
                .setTrustOptions(trust.options());
        proxied = proxy != null;
        if (proxied) {
            options.setProxyOptions(new ProxyOptions()
                    .setType(ProxyType.HTTP)
                    .setHost(proxy.host())
                    .setPort(proxy.port())
                    .setUsername(proxy.username())
                    .setPassword(proxy.password()));
        }
        client = client(options);
    }

    private HttpClient client(HttpClientOptions with) {
        return vertx.httpClientBuilder()
                .with(with)
                .with(new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS).setMaxWaitQueueSize(0))
                .withConnectHandler(connection -> {
                    fresh.add(connection);
                    UnpooledContent.on(connection);
                    turn.join(((HttpClientConnectionInternal) connection).channelHandlerContext());
                    // The call that it hits hears of it; without a handler Vert.x logs a line for every reset.
                    connection.exceptionHandler(e -> {});
                    connection.closeHandler(v -> fresh.remove(connection));
                })
                .build();
    }

    /** The name as Netty looks it up fastest: with its hash. Names are those of providers' profiles, so they are few. */
    AsciiString headerName(String name) {
        return headerNames.computeIfAbsent(name, AsciiString::cached);
    }

    boolean proxied() {
        return proxied;
    }

    /** @param fresh for a request that no kept connection may carry; its own is not kept either */
    HttpClient client(boolean fresh) {
        if (!fresh) {
            return client;
        }
        if (unkept == null) {
            unkept = client(new HttpClientOptions(options).setKeepAlive(false));
        }
        return unkept;
    }

    /** Whether the connection has carried a request before; asked once per request. */
    boolean reused(HttpConnection connection) {
        return !fresh.remove(connection);
    }

    void close() {
        client.close();
        if (unkept != null) {
            unkept.close();
        }
    }
}
