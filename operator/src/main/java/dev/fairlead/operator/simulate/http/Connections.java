package dev.fairlead.operator.simulate.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.http.HttpConnection;
import java.util.HashMap;
import java.util.Map;

/** Counts connections. One that has carried only control requests ({@code /stats} and the like) is not a caller's. */
final class Connections {

    private enum Use {
        NONE_YET,
        CALLS,
        CONTROL
    }

    private final Map<HttpConnection, Use> uses = new HashMap<>();
    private int open;
    private long total;

    void opened(HttpConnection connection) {
        uses.put(connection, Use.NONE_YET);
        open++;
        total++;
        connection.closeHandler(unused -> closed(connection));
    }

    /** A call came in on it. */
    void carriesCalls(HttpConnection connection) {
        if (uses.replace(connection, Use.CALLS) == Use.CONTROL) {
            open++;
            total++;
        }
    }

    /** A control request came in on it. */
    void carriesControl(HttpConnection connection) {
        if (uses.replace(connection, Use.NONE_YET, Use.CONTROL)) {
            open--;
            total--;
        }
    }

    /** Counts those open now as the first of a new total. */
    void reset() {
        total = open;
    }

    void writeTo(ObjectNode node) {
        node.put("open", open).put("total", total);
    }

    private void closed(HttpConnection connection) {
        Use use = uses.remove(connection);
        if (use != null && use != Use.CONTROL) {
            open--;
        }
    }
}
