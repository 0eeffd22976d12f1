import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Reads HTTP/1.1 answers off one connection, one after another, and counts the server-sent events in their bodies. Knows
 * bodies with a length and chunked ones; anything else is an {@link IllegalStateException}, since a benchmark that guesses
 * measures something else.
 */
final class Answer {
    private enum Part {
        HEAD,
        BODY,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER
    }

    private final byte[] head = new byte[16 * 1024];
    private int headLength;
    private Part part = Part.HEAD;
    private long left;
    private boolean chunked;
    private boolean lineEmpty;
    private byte last;
    private int status;
    private int events;

    /** Status of the answer whose head was read last, 0 before the head is complete. */
    int status() {
        return status;
    }

    /** Events (blocks ended by an empty line) of the answer so far. */
    int events() {
        return events;
    }

    /** Whether a part of an answer has been read and its end has not. */
    boolean open() {
        return part != Part.HEAD || headLength > 0;
    }

    void reset() {
        part = Part.HEAD;
        headLength = 0;
        status = 0;
        events = 0;
        last = 0;
    }

    /** Consumes bytes up to the end of an answer; true when that end was reached. */
    boolean read(ByteBuffer in) {
        while (in.hasRemaining()) {
            switch (part) {
                case HEAD -> {
                    if (headComplete(in) && part == Part.HEAD) {
                        return true;
                    }
                }
                case BODY, CHUNK -> {
                    consume(in);
                    if (left == 0) {
                        if (part == Part.BODY) {
                            return ended();
                        }
                        part = Part.CHUNK_END;
                    }
                }
                case CHUNK_SIZE -> size(in.get());
                case CHUNK_END -> {
                    if (in.get() == '\n') {
                        part = Part.CHUNK_SIZE;
                        left = 0;
                    }
                }
                case TRAILER -> {
                    byte b = in.get();
                    if (b == '\n') {
                        if (lineEmpty) {
                            return ended();
                        }
                        lineEmpty = true;
                    } else if (b != '\r') {
                        lineEmpty = false;
                    }
                }
            }
        }
        return false;
    }

    private boolean ended() {
        part = Part.HEAD;
        headLength = 0;
        return true;
    }

    private void size(byte b) {
        int digit = Character.digit(b, 16);
        if (digit >= 0) {
            left = left * 16 + digit;
        } else if (b == '\n') {
            part = left == 0 ? Part.TRAILER : Part.CHUNK;
            lineEmpty = true;
        }
    }

    private void consume(ByteBuffer in) {
        int count = (int) Math.min(left, in.remaining());
        byte[] bytes = in.array();
        int from = in.arrayOffset() + in.position();
        byte before = last;
        for (int i = from; i < from + count; i++) {
            byte b = bytes[i];
            if (b == '\n' && before == '\n') {
                events++;
            }
            before = b;
        }
        last = before;
        in.position(in.position() + count);
        left -= count;
    }

    private boolean headComplete(ByteBuffer in) {
        while (in.hasRemaining()) {
            if (headLength == head.length) {
                throw new IllegalStateException("response head over " + head.length + " bytes");
            }
            byte b = in.get();
            head[headLength++] = b;
            if (b == '\n' && headLength >= 4 && head[headLength - 2] == '\r' && head[headLength - 3] == '\n') {
                parseHead();
                return true;
            }
        }
        return false;
    }

    private void parseHead() {
        String text = new String(head, 0, headLength, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        status = Integer.parseInt(text.substring(9, 12));
        events = 0;
        last = 0;
        left = 0;
        chunked = text.contains("\r\ntransfer-encoding: chunked\r\n");
        if (chunked) {
            part = Part.CHUNK_SIZE;
            return;
        }
        String name = "\r\ncontent-length: ";
        int at = text.indexOf(name);
        if (at < 0) {
            throw new IllegalStateException("answer without content-length and not chunked: " + text);
        }
        left = Long.parseLong(text.substring(at + name.length(), text.indexOf('\r', at + name.length())).trim());
        part = left == 0 ? Part.HEAD : Part.BODY;
        headLength = 0;
    }
}
