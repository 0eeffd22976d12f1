package dev.fairlead.sidecar.http;

import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayList;
import java.util.List;

/**
 * What one event loop does between two looks at its sockets: while the bytes of one connection are being handled, the writes
 * that this causes are gathered, and go out when they have been handled. Used on its loop only.
 */
public final class LoopTurn {
    private final List<GatheredWrites> unsent = new ArrayList<>();
    private GatheredWrites reader;

    /** Gathers what is written to a connection of this loop from now on. */
    void join(ChannelHandlerContext connection) {
        connection.pipeline().addFirst(new GatheredWrites(this));
    }

    /** The bytes of a connection are being handled. */
    void begin(GatheredWrites connection) {
        reader = connection;
    }

    boolean running() {
        return reader != null;
    }

    /** To be flushed at the end of this turn; called once per connection and turn. */
    void add(GatheredWrites connection) {
        unsent.add(connection);
    }

    /** All bytes of the connection that were there have been handled. */
    void end() {
        reader = null;
        for (int i = 0; i < unsent.size(); i++) {
            unsent.get(i).send();
        }
        unsent.clear();
    }

    /** The connection is no more: if this is its turn, nothing else would end it. */
    void left(GatheredWrites connection) {
        if (reader == connection) {
            end();
        }
    }
}
