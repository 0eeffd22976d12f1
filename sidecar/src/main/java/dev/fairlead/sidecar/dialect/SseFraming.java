package dev.fairlead.sidecar.dialect;

/**
 * Finds the events of a stream of server-sent events (WHATWG HTML, 9.2.6), in pieces cut anywhere: lines end in LF, CR LF or
 * CR, a space after the colon is optional, a byte order mark may come first, comments and unknown fields are passed over.
 * Nothing is copied.
 */
public final class SseFraming {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final byte[] DATA = {'d', 'a', 't', 'a'};

    private static final int MARK = 0;
    private static final int LINE_START = 1;
    private static final int NAME = 2;
    private static final int AFTER_COLON = 3;
    private static final int VALUE = 4;
    private static final int COMMENT = 5;
    private static final int OTHER_FIELD = 6;

    private final SseSink sink;
    private int state = MARK;
    private int matched;
    private boolean data;
    private boolean fields;
    private boolean afterReturn;
    private boolean boundary;

    public SseFraming(SseSink sink) {
        this.sink = sink;
    }

    /** Whether the bytes so far end where another event may begin: not within a line, and not before an event's blank line. */
    public boolean betweenEvents() {
        return !fields && (state == LINE_START || (state == MARK && matched == 0));
    }

    /** Whether the bytes so far end inside an event that has data. */
    public boolean hasData() {
        return data;
    }

    /** The next bytes of the stream. */
    public void feed(byte[] in, int off, int len) {
        int end = off + len;
        int i = off;
        while (i < end) {
            i = switch (state) {
                case MARK -> mark(in, i);
                case LINE_START -> lineStart(in, i, end);
                case NAME -> name(in, i, end);
                case AFTER_COLON -> afterColon(in, i);
                case VALUE -> value(in, i, end);
                default -> skip(in, i, end);
            };
        }
    }

    private int mark(byte[] in, int i) {
        if (in[i] == BYTE_ORDER_MARK[matched]) {
            matched++;
            if (matched == BYTE_ORDER_MARK.length) {
                state = LINE_START;
            }
            return i + 1;
        }
        state = matched == 0 ? LINE_START : OTHER_FIELD;
        return i;
    }

    private int lineStart(byte[] in, int i, int end) {
        byte b = in[i];
        if (b == '\n' && afterReturn) {
            afterReturn = false;
            if (boundary) {
                sink.lineFeedFollowed(i + 1);
            }
            return i + 1;
        }
        if (b == '\n' || b == '\r') {
            return blankLine(in, i, end);
        }
        afterReturn = false;
        boundary = false;
        matched = 0;
        if (b == ':') {
            state = COMMENT;
            return i + 1;
        }
        state = NAME;
        return i;
    }

    private int name(byte[] in, int i, int end) {
        while (i < end && matched < DATA.length && in[i] == DATA[matched]) {
            i++;
            matched++;
        }
        if (i == end) {
            return i;
        }
        if (matched == DATA.length && in[i] == ':') {
            dataLine();
            state = AFTER_COLON;
            return i + 1;
        }
        if (matched == DATA.length && (in[i] == '\n' || in[i] == '\r')) {
            dataLine();
            state = VALUE;
            return i;
        }
        state = OTHER_FIELD;
        return i;
    }

    private void dataLine() {
        if (data) {
            sink.nextDataLine();
        }
        data = true;
        fields = true;
    }

    private int afterColon(byte[] in, int i) {
        state = VALUE;
        return in[i] == ' ' ? i + 1 : i;
    }

    private int value(byte[] in, int i, int end) {
        int stop = PlainBytes.endOfLine(in, i, end);
        if (stop > i) {
            sink.data(in, i, stop - i);
        }
        return stop == end ? end : lineEnd(in, stop, end);
    }

    private int skip(byte[] in, int i, int end) {
        int stop = PlainBytes.endOfLine(in, i, end);
        if (stop == end) {
            return end;
        }
        boolean comment = state == COMMENT;
        int after = lineEnd(in, stop, end);
        if (comment && !fields) {
            boundary = true;
            sink.commentEnded(after);
        }
        fields |= !comment;
        return after;
    }

    /** A line with something in it ends at {@code i}. */
    private int lineEnd(byte[] in, int i, int end) {
        state = LINE_START;
        boundary = false;
        return newLine(in, i, end);
    }

    private int blankLine(byte[] in, int i, int end) {
        int after = newLine(in, i, end);
        boundary = true;
        boolean hadData = data;
        data = false;
        fields = false;
        sink.eventEnded(after, hadData);
        return after;
    }

    private int newLine(byte[] in, int i, int end) {
        boolean carriageReturn = in[i] == '\r';
        if (carriageReturn && i + 1 < end && in[i + 1] == '\n') {
            afterReturn = false;
            return i + 2;
        }
        afterReturn = carriageReturn;
        return i + 1;
    }
}
