package dev.fairlead.operator.peer;

import dev.fairlead.operator.serve.Authenticator;
import dev.fairlead.operator.serve.FleetDesk;
import dev.fairlead.operator.serve.FleetReply;
import dev.fairlead.operator.trust.TrustSource;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.VertxInternal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The links among replicas, both directions. {@link #handle} belongs on the configuration server at
 * {@code GET} {@value #PATH}. Start and close may be called on every thread and return at once.
 */
public final class Peers implements AutoCloseable {
    /** Where replicas ask each other. */
    public static final String PATH = "/v1/peers";

    /** Where the leader takes sidecars' reports from the others. */
    public static final String FLEET_PATH = "/v1/peers/fleet";

    /** The audience of tokens among replicas. */
    public static final String AUDIENCE = "fairlead.dev/peer";

    private final PeerFeed feed;
    private final PeerLinks links;
    private final LeaderRelay relay;
    private final PeerDoor door;
    private final Vertx vertx;
    private final Context context;

    /**
     * @param authenticator for {@value #AUDIENCE}; not closed here
     * @param local what this replica's sidecars report
     * @param remote hears of the others' on an event loop of its own
     */
    public Peers(
            Vertx vertx,
            PeerResolver resolver,
            TrustSource trust,
            Authenticator authenticator,
            LocalReports local,
            RemoteReports remote,
            PeerSettings settings) {
        this.context = ((VertxInternal) vertx).createEventLoopContext();
        this.door = new PeerDoor(authenticator, settings);
        this.feed = new PeerFeed(vertx, local, door, settings);
        this.links = new PeerLinks(vertx, resolver, trust, remote, settings);
        this.relay = new LeaderRelay(vertx, links, settings);
        this.vertx = vertx;
    }

    /** Has a sidecar's report answered by the replica that leads. On every thread. */
    public CompletionStage<FleetReply> relay(String pod, byte[] report) {
        var answer = new CompletableFuture<FleetReply>();
        context.runOnContext(here -> relay.relay(pod, report, answer));
        return answer;
    }

    /** What answers the other replicas at {@code POST} {@value #FLEET_PATH}. */
    public Handler<HttpServerRequest> intake(FleetDesk desk) {
        return new FleetIntake(vertx, door, desk);
    }

    /** Serves this replica's reports. On the server's event loop. */
    public void handle(HttpServerRequest request) {
        feed.handle(request);
    }

    /** Looks for others from now on. */
    public void start() {
        feed.start();
        context.runOnContext(here -> links.start());
    }

    /** Ends the links to others. */
    @Override
    public void close() {
        context.runOnContext(here -> {
            links.close();
            relay.close();
        });
    }
}
