package dev.fairlead.operator.simulate.dialect;

import java.util.Iterator;

/** What a provider answers to a call that went well. The same request always gets the same text. */
public interface Answer {

    /** Tokens of the whole answer. */
    long outputTokens();

    /** How many content events a stream has when nobody says otherwise; 1 for what never streams. */
    int naturalChunks();

    /** The answer in one piece. */
    Reply whole();

    /**
     * The answer as events.
     *
     * @param chunks content events it is cut into, at most {@link #naturalChunks()}
     */
    Iterator<Frame> stream(int chunks);

    /** Content events without end, for a provider that never finishes. */
    Iterator<Frame> endless();
}
