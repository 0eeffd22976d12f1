package dev.fairlead.sidecar.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.IdentityHashMap;

/**
 * The clients' connections of one loop. One that has no running call for too long is closed: it is idle, or it sends the head
 * of a request drop by drop.
 */
final class Connections {
    private static final long SWEEP_MS = 5_000;

    private final Vertx vertx;
    private final long idleMs;
    private final IdentityHashMap<HttpConnection, State> states = new IdentityHashMap<>();
    private volatile int open;
    private boolean sweeping;

    private static final class State {
        private int running;
        private long idleSinceMs = System.nanoTime() / 1_000_000;
    }

    Connections(Vertx vertx, long idleMs) {
        this.vertx = vertx;
        this.idleMs = idleMs;
    }

    void opened(HttpConnection connection) {
        states.put(connection, new State());
        open = states.size();
        // The call that it hits hears of it; without a handler Vert.x logs a line for every reset.
        connection.exceptionHandler(e -> {});
        connection.closeHandler(v -> {
            states.remove(connection);
            open = states.size();
        });
        if (!sweeping) {
            sweeping = true;
            vertx.setPeriodic(SWEEP_MS, t -> sweep());
        }
    }

    void began(HttpServerRequest request) {
        var connection = request.connection();
        var state = states.get(connection);
        if (state == null) {
            return;
        }
        state.running++;
        request.response().endHandler(v -> ended(state));
    }

    private static void ended(State state) {
        state.running--;
        state.idleSinceMs = System.nanoTime() / 1_000_000;
    }

    int open() {
        return open;
    }

    private void sweep() {
        long before = System.nanoTime() / 1_000_000 - idleMs;
        var ending = new ArrayList<HttpConnection>();
        states.forEach((connection, state) -> {
            if (state.running == 0 && state.idleSinceMs < before) {
                ending.add(connection);
            }
        });
        ending.forEach(HttpConnection::close);
    }
}
