package dev.fairlead.operator.peer;

import dev.fairlead.operator.serve.FleetReply;
import dev.fairlead.sidecar.http.UnpooledContent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Files;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes reports of this replica's sidecars to the replica that leads. On the links' event loop. */
final class LeaderRelay {
    private static final Logger LOG = LoggerFactory.getLogger(LeaderRelay.class);
    private static final int PATIENCE_MS = 2_000;
    private static final int CONNECTIONS = 8;
    private static final int WAITING = 1_000;
    private static final int OK = 200;
    /** The kubelet replaces a token long before it expires. */
    private static final long TOKEN_HOLDS_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Vertx vertx;
    private final PeerLinks links;
    private final PeerSettings settings;
    private final HttpClient client;
    private Future<String> token;
    private long tokenReadAt;

    LeaderRelay(Vertx vertx, PeerLinks links, PeerSettings settings) {
        this.vertx = vertx;
        this.links = links;
        this.settings = settings;
        this.client = vertx.httpClientBuilder()
                .with(new HttpClientOptions().setConnectTimeout(PATIENCE_MS))
                .with(new PoolOptions().setHttp1MaxSize(CONNECTIONS).setMaxWaitQueueSize(WAITING))
                .withConnectHandler(UnpooledContent::on)
                .build();
    }

    /** Completes the answer within seconds; it is nobody's when there is no leader, or none that answers. */
    void relay(String pod, byte[] report, CompletableFuture<FleetReply> answer) {
        var leader = links.leader();
        var trusted = links.tls();
        if (leader.isEmpty() || trusted.isEmpty()) {
            answer.complete(FleetReply.NOBODY);
            return;
        }
        var request = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(settings.serviceHost())
                .setPort(settings.port())
                .setServer(SocketAddress.inetSocketAddress(settings.port(), leader.get()))
                .setSsl(true)
                .setSslOptions(trusted.get())
                .setURI(Peers.FLEET_PATH)
                .setConnectTimeout(PATIENCE_MS)
                .setTimeout(PATIENCE_MS)
                .putHeader("content-type", "application/json")
                .putHeader(FleetIntake.POD, pod);
        token().compose(text -> client.request(request.putHeader("authorization", "Bearer " + text)))
                .compose(open -> {
                    open.idleTimeout(PATIENCE_MS);
                    return open.send(Buffer.buffer(report));
                })
                .compose(LeaderRelay::replyOf)
                .onComplete(outcome -> {
                    if (outcome.failed()) {
                        LOG.atDebug()
                                .addKeyValue("leader", leader.get())
                                .addKeyValue("error", outcome.cause().getClass().getSimpleName())
                                .log("report not relayed");
                    }
                    answer.complete(outcome.succeeded() ? outcome.result() : FleetReply.NOBODY);
                });
    }

    private static Future<FleetReply> replyOf(HttpClientResponse response) {
        return response.body().map(body -> switch (response.statusCode()) {
            case OK -> new FleetReply.Answered(body.getBytes());
            case FleetIntake.MALFORMED -> new FleetReply.Malformed(body.toString());
            default -> FleetReply.NOBODY;
        });
    }

    private Future<String> token() {
        long now = System.nanoTime();
        if (token == null || token.failed() || now - tokenReadAt > TOKEN_HOLDS_NANOS) {
            tokenReadAt = now;
            token = vertx.executeBlocking(
                    () -> Files.readString(settings.tokenFile()).strip(), false);
        }
        return token;
    }

    void close() {
        client.close();
    }
}
