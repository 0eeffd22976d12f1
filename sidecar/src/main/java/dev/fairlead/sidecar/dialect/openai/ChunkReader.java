package dev.fairlead.sidecar.dialect.openai;

import dev.fairlead.sidecar.dialect.JsonScanner;
import dev.fairlead.sidecar.dialect.SseSink;
import java.nio.charset.StandardCharsets;

/** Reads the data of each event: a chunk in JSON, or the mark that ends the stream. */
final class ChunkReader implements SseSink {
    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LINE_FEED = {'\n'};

    private static final int BLANK = 0;
    private static final int CHUNK = 1;
    private static final int MARK = 2;
    private static final int GARBAGE = 3;

    private final AnswerSink sink;
    private final JsonScanner scanner;
    private int kind = BLANK;
    private int matched;
    private boolean usageOnly;
    private boolean done;
    private boolean garbage;
    private long chunks;

    ChunkReader(AnswerSink sink) {
        this.sink = sink;
        scanner = new JsonScanner(sink.shape(), sink, AnswerSink.TEXT_CAPACITY);
    }

    AnswerSink answer() {
        return sink;
    }

    /** Whether the event that ended last carried usage and nothing else. */
    boolean usageOnly() {
        return usageOnly;
    }

    boolean done() {
        return done;
    }

    /** Whether there was an event that is no chunk of this format. */
    boolean garbage() {
        return garbage;
    }

    long chunks() {
        return chunks;
    }

    @Override
    public void data(byte[] in, int off, int len) {
        if (kind == BLANK) {
            begin(in, off, len);
        }
        if (kind == CHUNK) {
            scanner.feed(in, off, len);
        } else if (kind == MARK) {
            mark(in, off, len);
        }
    }

    @Override
    public void nextDataLine() {
        data(LINE_FEED, 0, 1);
    }

    @Override
    public void commentEnded(int after) {}

    @Override
    public void lineFeedFollowed(int after) {}

    @Override
    public void eventEnded(int after, boolean hadData) {
        usageOnly = false;
        if (hadData) {
            endOfData();
        }
    }

    /** The data of an event is all there; {@code true} when it is a chunk or the mark, and not garbage or a part of one. */
    boolean endOfData() {
        boolean whole = switch (kind) {
            case CHUNK -> scanner.end();
            case MARK -> matched == DONE.length;
            default -> false;
        };
        if (whole && kind == CHUNK) {
            sink.chunkComplete();
            usageOnly = sink.usageOnly();
        }
        chunks += kind == CHUNK ? 1 : 0;
        done |= whole && kind == MARK;
        garbage |= !whole && kind != BLANK;
        kind = BLANK;
        return whole;
    }

    private void begin(byte[] in, int off, int len) {
        int i = off;
        while (i < off + len && isSpace(in[i])) {
            i++;
        }
        if (i == off + len) {
            return;
        }
        matched = 0;
        kind = switch (in[i]) {
            case '{' -> CHUNK;
            case '[' -> MARK;
            default -> GARBAGE;
        };
        scanner.reset();
        sink.beginChunk();
    }

    private void mark(byte[] in, int off, int len) {
        for (int i = off; i < off + len; i++) {
            if (matched < DONE.length && in[i] == DONE[matched]) {
                matched++;
            } else if (!isSpace(in[i]) || (matched > 0 && matched < DONE.length)) {
                kind = GARBAGE;
                return;
            }
        }
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t' || b == '\n' || b == '\r';
    }
}
