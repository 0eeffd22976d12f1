package dev.fairlead.sidecar.exchange;

import io.netty.buffer.ByteBuf;

/**
 * Where the answer goes. Either {@link #answer} once, or {@link #begin}, any number of {@link #write}s and one of
 * {@link #end} and {@link #breakOff}. After the client has gone every call does nothing.
 */
public interface ClientChannel {
    /** A whole answer. */
    void answer(ResponseHead head, ByteBuf body);

    /** The head of an answer whose body follows in pieces. */
    void begin(ResponseHead head);

    /** The next piece of the body. */
    void write(ByteBuf piece);

    /** Whether the client reads too slowly for more to be written now. */
    boolean full();

    /** Calls back once when there is room again. */
    void whenDrained(Runnable drained);

    /** The body is complete. */
    void end();

    /** The body will never be complete: the connection ends so that no client can take it for a whole one. */
    void breakOff();
}
