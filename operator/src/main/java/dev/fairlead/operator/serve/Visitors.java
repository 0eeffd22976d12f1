package dev.fairlead.operator.serve;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The connections, before anybody knows whose they are. One that sends no request in time is closed, whether it is silent or
 * sends the request drop by drop; and no address may hold more than half of them.
 */
final class Visitors {
    /** For acknowledgements and for those who are about to be refused. */
    private static final int BEYOND_STREAMS = 1_000;

    /** A client that has been answered may keep its connection that much longer than a new one. */
    private static final int KEEP_ALIVE = 6;

    private final ServeSettings settings;
    private final LongSupplier nanoTime;
    private final int most;
    private final IdentityHashMap<HttpConnection, Visit> visits = new IdentityHashMap<>();
    private final Map<String, Integer> byAddress = new HashMap<>();

    private static final class Visit {
        private boolean asked;
        private boolean served;
        private long waitingSince;
    }

    Visitors(ServeSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.most = settings.maxStreams() + BEYOND_STREAMS;
    }

    /** Empty for one that is already gone. */
    static String address(HttpConnection connection) {
        var address = connection.remoteAddress();
        return address == null || address.hostAddress() == null ? "" : address.hostAddress();
    }

    void opened(HttpConnection connection) {
        // Without a handler Vert.x logs a line for every reset.
        connection.exceptionHandler(reset -> {});
        var address = address(connection);
        if (visits.size() >= most || byAddress.getOrDefault(address, 0) >= most / 2) {
            connection.close();
            return;
        }
        var visit = new Visit();
        visit.waitingSince = nanoTime.getAsLong();
        visits.put(connection, visit);
        byAddress.merge(address, 1, Integer::sum);
        connection.closeHandler(closed -> {
            visits.remove(connection);
            byAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
        });
    }

    void asked(HttpServerRequest request) {
        var visit = visits.get(request.connection());
        if (visit == null) {
            return;
        }
        visit.asked = true;
        visit.served = true;
        request.response().endHandler(ended -> {
            visit.served = false;
            visit.waitingSince = nanoTime.getAsLong();
        });
    }

    void tick() {
        long now = nanoTime.getAsLong();
        long first = settings.request().toNanos();
        var late = new ArrayList<HttpConnection>();
        visits.forEach((connection, visit) -> {
            if (!visit.served && now - visit.waitingSince > (visit.asked ? KEEP_ALIVE * first : first)) {
                late.add(connection);
            }
        });
        late.forEach(HttpConnection::close);
    }
}
