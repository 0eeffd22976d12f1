package dev.fairlead.sidecar.dialect;

/** Hears about the events of a stream while {@link SseFraming} runs over it. Positions are indices of the array being fed. */
public interface SseSink {
    /** A piece of the current event's data; pieces of one line follow each other, and so do the pieces of several reads. */
    void data(byte[] in, int off, int len);

    /** The current event's data goes on in another line. */
    void nextDataLine();

    /** A line that has nothing to do with any event (a comment outside one) ended before {@code after}. */
    void commentEnded(int after);

    /**
     * A blank line ended the event before {@code after}.
     *
     * @param hadData whether there was data in it; without, it is no event to anybody
     */
    void eventEnded(int after, boolean hadData);

    /** What ended last (an event, a comment) ended in CR LF, cut in between: the byte before {@code after} belongs to it. */
    void lineFeedFollowed(int after);
}
