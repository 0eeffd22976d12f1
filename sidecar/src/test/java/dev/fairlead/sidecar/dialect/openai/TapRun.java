package dev.fairlead.sidecar.dialect.openai;

import dev.fairlead.sidecar.usage.Usage;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** A stream that went through a tap, in the pieces asked for. */
final class TapRun {
    final Usage usage = new Usage();
    final SseTap tap;
    final StreamEnd end;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private TapRun(AnswerFormat format, boolean dropUsageChunk, byte[] stream, int length, int firstPiece, int piece) {
        tap = new SseTap(format, usage, dropUsageChunk);
        int from = 0;
        int to = Math.min(firstPiece, length);
        while (from < length) {
            tap.feed(stream, from, to - from, out::write);
            from = to;
            to = Math.min(to + piece, length);
        }
        end = tap.end(out::write);
    }

    static TapRun whole(boolean dropUsageChunk, byte[] stream) {
        return inPieces(dropUsageChunk, stream, 0, stream.length);
    }

    static TapRun cutAt(boolean dropUsageChunk, byte[] stream, int cut) {
        return inPieces(dropUsageChunk, stream, cut, stream.length);
    }

    static TapRun inPieces(boolean dropUsageChunk, byte[] stream, int first, int piece) {
        return new TapRun(AnswerFormat.CHAT, dropUsageChunk, stream, stream.length, first, Math.max(1, piece));
    }

    /** A response's stream. */
    static TapRun response(byte[] stream, int first, int piece) {
        return new TapRun(AnswerFormat.RESPONSES, false, stream, stream.length, first, Math.max(1, piece));
    }

    static TapRun responseStoppedAt(byte[] stream, int length) {
        return new TapRun(AnswerFormat.RESPONSES, false, stream, length, length, 1);
    }

    static TapRun stoppedAt(boolean dropUsageChunk, byte[] stream, int length) {
        return new TapRun(AnswerFormat.CHAT, dropUsageChunk, stream, length, length, 1);
    }

    byte[] out() {
        return out.toByteArray();
    }

    /** Everything the tap can be asked. */
    private String told() {
        return end + " " + usage + " " + tap.chunks() + " " + tap.finishReason() + " " + tap.contentSeen() + " "
                + tap.doneSeen()
                + " " + tap.finishSeen() + " " + tap.error() + " " + tap.garbageSeen() + " " + tap.clientWithinEvent()
                + " "
                + tap.heldBytes() + " " + tap.made().size();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TapRun run && told().equals(run.told()) && Arrays.equals(out(), run.out());
    }

    @Override
    public int hashCode() {
        return told().hashCode();
    }

    @Override
    public String toString() {
        return told() + "\n" + out;
    }
}
