package dev.fairlead.sidecar.dialect.openai;

import dev.fairlead.sidecar.config.ErrorCode;
import dev.fairlead.sidecar.dialect.SseFraming;
import dev.fairlead.sidecar.usage.Usage;

/**
 * Watches a stream of chat completion chunks, or of a response's events, on its way to the client, in pieces cut anywhere.
 * Bytes are never changed. They pass at once when the client has asked for usage itself; where we asked on our own account, the
 * chunk that carries nothing else is left out, and for that (only) the bytes of an event are held until it is complete.
 *
 * <p>One instance watches one stream. Every event is read as JSON to its end: text that merely looks like a field, inside a
 * string or deeper down, is never taken for one.
 */
public final class SseTap {
    /** Events larger than this are not held, and so not left out either. */
    public static final int MAX_HELD_BYTES = 1 << 20;

    private final ChunkReader reader;
    private final EventHold hold;
    private final SseFraming framing;

    /**
     * @param format what the events are
     * @param usage where the provider's count goes, whenever a complete one passes; untouched when there is none
     * @param dropUsageChunk whether the client has not asked for usage, see {@link RequestSplice#asksForUsage()}
     */
    public SseTap(AnswerFormat format, Usage usage, boolean dropUsageChunk) {
        reader = new ChunkReader(format.sink(usage));
        hold = dropUsageChunk ? new EventHold(reader, MAX_HELD_BYTES) : null;
        framing = new SseFraming(dropUsageChunk ? hold : reader);
    }

    /** The next bytes of the stream; what may go to the client now goes to {@code out}, in order, during this call. */
    public void feed(byte[] in, int off, int len, Output out) {
        if (hold != null) {
            hold.feed(framing, in, off, len, out);
        } else if (len > 0) {
            framing.feed(in, off, len);
            out.forward(in, off, len);
        }
    }

    /** The provider has ended the stream (or the connection). An event that was cut short is not passed on. */
    public StreamEnd end(Output out) {
        boolean whole = framing.hasData() && reader.endOfData();
        if (hold != null) {
            hold.end(whole && !reader.usageOnly(), out);
        }
        if (errorSeen()) {
            return StreamEnd.FAILED;
        }
        return doneSeen() || finishSeen() ? StreamEnd.COMPLETE : StreamEnd.TRUNCATED;
    }

    /** Whether the answer has begun: text, reasoning, refusal, tool calls, audio, or the end of a choice. */
    public boolean contentSeen() {
        return reader.answer().begun();
    }

    /** Bytes of text, calls and the like so far, to estimate by when a provider gives no count. */
    public long contentBytes() {
        return reader.answer().contentBytes();
    }

    /** Whether {@code [DONE]} has passed. */
    public boolean doneSeen() {
        return reader.done();
    }

    /** Whether every choice that began has ended, or the response has. */
    public boolean finishSeen() {
        return reader.answer().finished();
    }

    /** Why the first choice (or the response) ended, in the provider's word; {@code null} as long as it has not. */
    public String finishReason() {
        return reader.answer().finishReason();
    }

    /** Whether the provider has reported an error in the stream. */
    public boolean errorSeen() {
        return reader.answer().errorSeen();
    }

    /** That error, {@code null} for none. */
    public ProviderError error() {
        return reader.answer().error();
    }

    /** Whether there was an event that is neither a chunk nor {@code [DONE]}. */
    public boolean garbageSeen() {
        return reader.garbage();
    }

    /** Chunks seen, {@code [DONE]} not counted. */
    public long chunks() {
        return reader.chunks();
    }

    /**
     * Whether the client has got a part of an event (or of a line) only. Whoever then adds an event of its own has to end that
     * one first, with an empty line.
     */
    public boolean clientWithinEvent() {
        return hold == null ? !framing.betweenEvents() : hold.passing();
    }

    /** What the answer has made so far that only the account that answers will know. */
    public References made() {
        return reader.answer().made();
    }

    /** The last event of a stream that cannot go on, for a client that has got all that was fed. */
    public byte[] errorEvent(ErrorCode code, String message) {
        return reader.answer().errorEvent(code, message, clientWithinEvent());
    }

    /**
     * Bytes held at the moment, at most {@value #MAX_HELD_BYTES}. Whoever feeds counts them in the process's byte budget, or
     * {@linkplain #letPass lets them pass}.
     */
    public int heldBytes() {
        return hold == null ? 0 : hold.heldBytes();
    }

    /** Holds the current event no longer: it goes on even if the client has not asked for what it says. */
    public void letPass(Output out) {
        if (heldBytes() > 0) {
            hold.letPass(out);
        }
    }
}
