package dev.fairlead.operator.inject;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds how many connections are open, in total and from one address, and how long one may be open before its first request.
 * Safe on every thread.
 */
final class Connections implements Handler<HttpConnection> {
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    private final Vertx vertx;
    private final int atMost;
    private final int ofOneAddress;
    private final long firstRequestMillis;

    /** Of every open connection, the timer that waits for its first request. */
    private final Map<HttpConnection, Long> open = new ConcurrentHashMap<>();

    private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();

    /**
     * @param atMost open in total
     * @param ofOneAddress fewer, so that one client alone does not shut all others out
     * @param firstRequestMillis from the end of the handshake
     */
    Connections(Vertx vertx, int atMost, int ofOneAddress, long firstRequestMillis) {
        this.vertx = vertx;
        this.atMost = atMost;
        this.ofOneAddress = ofOneAddress;
        this.firstRequestMillis = firstRequestMillis;
    }

    @Override
    public void handle(HttpConnection connection) {
        String address = String.valueOf(connection.remoteAddress().hostAddress());
        if (open.size() >= atMost || byAddress.getOrDefault(address, 0) >= ofOneAddress) {
            LOG.atDebug().addKeyValue("address", address).log("connection closed: too many are open");
            connection.close();
            return;
        }
        byAddress.merge(address, 1, Integer::sum);
        open.put(connection, vertx.setTimer(firstRequestMillis, late -> connection.close()));
        connection.closeHandler(closed -> {
            requested(connection);
            open.remove(connection);
            byAddress.computeIfPresent(address, (same, count) -> count == 1 ? null : count - 1);
        });
    }

    /** It has sent a request: from now on it may be idle for longer. */
    void requested(HttpConnection connection) {
        Long timer = open.get(connection);
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
    }
}
