package dev.fairlead.operator.peer;

import dev.fairlead.operator.serve.Authenticator;
import dev.fairlead.operator.trust.TrustSource;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.VertxInternal;

/**
 * The links among replicas, both directions. {@link #handle} belongs on the configuration server at
 * {@code GET} {@value #PATH}. Start and close may be called on every thread and return at once.
 */
public final class Peers implements AutoCloseable {
    /** Where replicas ask each other. */
    public static final String PATH = "/v1/peers";

    /** The audience of tokens among replicas. */
    public static final String AUDIENCE = "fairlead.dev/peer";

    private final PeerFeed feed;
    private final PeerLinks links;
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
        this.feed = new PeerFeed(vertx, local, authenticator, settings);
        this.links = new PeerLinks(vertx, resolver, trust, remote, settings);
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
        context.runOnContext(here -> links.close());
    }
}
