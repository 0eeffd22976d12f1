package dev.fairlead.sidecar.redis;

import dev.fairlead.sidecar.config.CoordinationConfig.RedisConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.TrustOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One connection to one server, made when it is needed and dropped at the first trouble: what is late is worth nothing. No
 * request takes longer than {@value #ANSWER_MS} ms, and none is repeated.
 */
final class RedisLink {
    static final int CONNECT_MS = 1_000;
    static final int ANSWER_MS = 1_000;

    private final Vertx vertx;
    private final RedisOptions options;
    private final String script;
    /** A client of its own for each connection: closing a client is what surely ends its connection. */
    private Redis client;

    private RedisConnection connection;
    private String sha;

    /** @param trust whom to believe that it is the server; asked only for TLS */
    RedisLink(Vertx vertx, RedisConfig config, TrustOptions trust, String script) {
        this.vertx = vertx;
        this.script = script;
        var net = new NetClientOptions().setConnectTimeout(CONNECT_MS).setTcpKeepAlive(true);
        if (config.tls()) {
            net.setSsl(true).setHostnameVerificationAlgorithm("HTTPS").setTrustOptions(trust);
        }
        options = new RedisOptions()
                .setConnectionString((config.tls() ? "rediss://" : "redis://") + config.address())
                // The old protocol says all that is said here, and every server speaks it.
                .setProtocolNegotiation(false)
                .setMaxPoolSize(1)
                .setMaxPoolWaiting(1)
                .setMaxWaitingHandlers(1_024)
                .setNetClientOptions(net);
        if (config.password() != null) {
            options.setPassword(config.password());
        }
    }

    /** A call of the script: what {@link #send} takes. Arguments follow. */
    Request call(List<String> keys) {
        var request = Request.cmd(Command.EVALSHA).arg(sha).arg(keys.size());
        keys.forEach(request::arg);
        return request;
    }

    /** Succeeds when {@link #call} and {@link #send} may be used. */
    Future<Void> ready() {
        if (connection != null) {
            return Future.succeededFuture();
        }
        close();
        var made = Redis.createClient(vertx, options);
        client = made;
        return made.connect()
                .compose(to -> to.send(Request.cmd(Command.SCRIPT).arg("LOAD").arg(script))
                        .map(loaded -> use(made, to, loaded)))
                .timeout(2L * CONNECT_MS, TimeUnit.MILLISECONDS)
                .onFailure(e -> end(made));
    }

    private Void use(Redis made, RedisConnection to, Response loaded) {
        if (client == made) {
            connection = to;
            sha = loaded.toString();
            to.exceptionHandler(e -> end(made));
            to.endHandler(v -> end(made));
        }
        return null;
    }

    /** The answers, in order; the first failure ends the connection. */
    Future<List<Response>> send(List<Request> requests) {
        if (connection == null) {
            return Future.failedFuture(new IOException("the connection was lost"));
        }
        var used = client;
        return connection
                .batch(requests)
                .timeout(ANSWER_MS, TimeUnit.MILLISECONDS)
                .onFailure(e -> end(used));
    }

    private void end(Redis which) {
        if (client == which) {
            client = null;
            connection = null;
        }
        which.close();
    }

    void close() {
        if (client != null) {
            end(client);
        }
    }
}
