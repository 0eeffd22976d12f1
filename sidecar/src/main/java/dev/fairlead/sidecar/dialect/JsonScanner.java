package dev.fairlead.sidecar.dialect;

import java.nio.charset.StandardCharsets;

/**
 * Reads JSON (RFC 8259, UTF-8) in pieces cut anywhere, checks all of its grammar, and reports the places its shape names.
 * Memory is constant whatever the document is. Not safe for more than one thread; {@link #reset()} makes it ready for the next
 * document.
 */
public final class JsonScanner {
    /** Deeper nesting is refused. */
    public static final int MAX_DEPTH = 512;

    /** Numbers are cut off here: far above any token count, far below an overflow of sums. */
    public static final long WHOLE_NUMBER_LIMIT = 1_000_000_000_000_000L;

    /** Strings of at least as many raw bytes are reported wherever they stand. */
    public static final int LONG_STRING = 1024;

    /** Bytes of a text that its hash is made of: no id is longer, and what is longer differs before. */
    private static final int HASHED_BYTES = 256;

    private static final int VALUE = 0;
    private static final int VALUE_OR_END = 1;
    private static final int NAME = 2;
    private static final int NAME_OR_END = 3;
    private static final int COLON = 4;
    private static final int AFTER_VALUE = 5;
    private static final int AFTER_ROOT = 6;
    private static final int IN_NAME = 7;
    private static final int IN_STRING = 8;
    private static final int IN_NUMBER = 9;
    private static final int IN_LITERAL = 10;

    private static final byte[] NO_TEXT = {};

    private final JsonShape shape;
    private final JsonSink sink;
    private final JsonNesting nesting;
    private final StringScan string;
    private final NumberScan number = new NumberScan();
    private final LiteralScan literal = new LiteralScan();
    private final int textCapacity;

    private int state;
    /** The place of the container we are in, and of the value that comes next in it. */
    private int node;

    private int child;
    private boolean inObject;
    private long consumed;
    /** Position of index 0 of the array being fed. */
    private long origin;

    private long tokenStart;
    private long tokenEnd;
    private JsonFault fault;
    private long faultAt;
    private byte[] text = NO_TEXT;
    private int textOffset;
    private int textLength;
    private boolean textExact;

    /** @param textCapacity bytes of decoded text kept of a captured string or a field name */
    public JsonScanner(JsonShape shape, JsonSink sink, int textCapacity) {
        this.shape = shape;
        this.sink = sink;
        this.textCapacity = textCapacity;
        this.string = new StringScan(textCapacity);
        this.nesting = new JsonNesting(shape.depth());
        reset();
    }

    /** Ready for a new document. */
    public void reset() {
        state = VALUE;
        node = JsonShape.NONE;
        child = JsonShape.ROOT;
        consumed = 0;
        fault = null;
        faultAt = 0;
        inObject = false;
        nesting.clear();
    }

    /** The next bytes of the document; {@code false} once it is known not to be JSON, and then for good. */
    public boolean feed(byte[] in, int off, int len) {
        int end = off + len;
        int i = off;
        origin = consumed - off;
        while (i < end && fault == null) {
            byte b = in[i];
            if (state < IN_NAME && (b == ' ' || b == '\n' || b == '\r' || b == '\t')) {
                i++;
                continue;
            }
            i = switch (state) {
                case VALUE -> value(in, i, end);
                case VALUE_OR_END -> b == ']' ? closes(i, true) : value(in, i, end);
                case NAME -> b == '"' ? opensName(in, i, end) : fail(JsonFault.NAME_EXPECTED, i);
                case NAME_OR_END -> nameOrEnd(in, i, end);
                case COLON -> colon(b, i);
                case AFTER_VALUE -> afterValue(in, i, end);
                case AFTER_ROOT -> fail(JsonFault.TRAILING_BYTES, i);
                case IN_NUMBER -> inNumber(in, i, end);
                case IN_LITERAL -> inLiteral(in, i, end);
                default -> inString(in, i, end);
            };
        }
        consumed += len;
        text = NO_TEXT;
        return fault == null;
    }

    /** The document ends here; {@code true} when it was one complete value. */
    public boolean end() {
        if (fault == null && state == IN_NUMBER && nesting.depth() == 0 && number.complete()) {
            numberEnds(consumed);
        }
        if (fault == null && state != AFTER_ROOT) {
            fault = JsonFault.CUT_SHORT;
            faultAt = consumed;
        }
        return fault == null;
    }

    /** Whether the value is complete and nothing but white space has followed. A bare number only knows at {@link #end()}. */
    public boolean complete() {
        return fault == null && state == AFTER_ROOT;
    }

    /** What is wrong with the document, {@code null} for nothing so far. */
    public JsonFault fault() {
        return fault;
    }

    /** Where {@link #fault} is, in bytes from the start of the document. */
    public long faultAt() {
        return faultAt;
    }

    /** Where the reported value (or bracket) begins, in bytes from the start of the document; quotes included. */
    public long tokenStart() {
        return tokenStart;
    }

    /** The byte after the reported value (or bracket). */
    public long tokenEnd() {
        return tokenEnd;
    }

    /** The bytes between the quotes of the reported string, undecoded. */
    public long rawLength() {
        return tokenEnd - tokenStart - 2;
    }

    /** Whether {@link #text} is all of the string: not cut off by the capacity, no half of a surrogate pair in it. */
    public boolean textExact() {
        return textExact;
    }

    /** The decoded text of the reported string, where the shape captures it. */
    public String text() {
        return new String(text, textOffset, textLength, StandardCharsets.UTF_8);
    }

    /** The hash of the decoded text's beginning, where the shape captures it and at least 256 bytes of it are kept. */
    public long textHash() {
        return TextHash.of(text, textOffset, Math.min(textLength, HASHED_BYTES));
    }

    private int nameOrEnd(byte[] in, int i, int end) {
        return switch (in[i]) {
            case '"' -> opensName(in, i, end);
            case '}' -> closes(i, true);
            default -> fail(JsonFault.NAME_OR_END_EXPECTED, i);
        };
    }

    private int colon(byte b, int i) {
        state = VALUE;
        return b == ':' ? i + 1 : fail(JsonFault.COLON_EXPECTED, i);
    }

    private int afterValue(byte[] in, int i, int end) {
        byte b = in[i];
        if (b == ',') {
            state = inObject ? NAME : VALUE;
            return inObject && i + 1 < end && in[i + 1] == '"' ? opensName(in, i + 1, end) : i + 1;
        }
        if (b == (inObject ? '}' : ']')) {
            return closes(i, false);
        }
        return fail(inObject ? JsonFault.COMMA_OR_BRACE_EXPECTED : JsonFault.COMMA_OR_BRACKET_EXPECTED, i);
    }

    private int value(byte[] in, int i, int end) {
        byte b = in[i];
        tokenStart = origin + i;
        if (b == '"') {
            return opensString(in, i, end, IN_STRING, shape.captures(child));
        }
        if (b == '{' || b == '[') {
            return opens(b == '{', i);
        }
        if (b == '-' || (b >= '0' && b <= '9')) {
            number.begin();
            state = IN_NUMBER;
            return inNumber(in, i, end);
        }
        if (literal.begin(b)) {
            state = IN_LITERAL;
            return inLiteral(in, i, end);
        }
        return fail(JsonFault.VALUE_EXPECTED, i);
    }

    private int opens(boolean object, int i) {
        if (nesting.full()) {
            return fail(JsonFault.TOO_DEEP, i);
        }
        tokenEnd = tokenStart + 1;
        node = child;
        nesting.push(object, node);
        inObject = object;
        child = object ? JsonShape.NONE : shape.element(node);
        state = object ? NAME_OR_END : VALUE_OR_END;
        if (node != JsonShape.NONE) {
            sink.open(node, object, this);
        }
        return i + 1;
    }

    private int closes(int i, boolean empty) {
        int closed = node;
        nesting.pop();
        node = nesting.node();
        inObject = nesting.inObject();
        child = inObject ? JsonShape.NONE : shape.element(node);
        tokenStart = origin + i;
        tokenEnd = tokenStart + 1;
        valueEnds();
        if (closed != JsonShape.NONE) {
            sink.close(closed, empty, this);
        }
        return i + 1;
    }

    private void valueEnds() {
        state = nesting.depth() == 0 ? AFTER_ROOT : AFTER_VALUE;
    }

    private int opensName(byte[] in, int i, int end) {
        tokenStart = origin + i;
        return opensString(in, i, end, IN_NAME, shape.namesMatter(node));
    }

    /** The usual string is plain ASCII and all there: it ends here without having been copied. */
    private int opensString(byte[] in, int i, int end, int inside, boolean capture) {
        int stop = PlainBytes.endOfPlainText(in, i + 1, end);
        state = inside;
        if (stop < end && in[stop] == '"') {
            text = in;
            textOffset = i + 1;
            textLength = Math.min(stop - i - 1, textCapacity);
            textExact = textLength == stop - i - 1;
            stringEnds(stop + 1);
            return state == COLON && stop + 1 < end && in[stop + 1] == ':' ? colon(in[stop + 1], stop + 1) : stop + 1;
        }
        string.begin(capture);
        return inString(in, capture ? i + 1 : stop, end);
    }

    private int inString(byte[] in, int i, int end) {
        int next = string.scan(in, i, end);
        if (string.fault() != null) {
            return fail(string.fault(), next);
        }
        if (string.done()) {
            DecodedText decoded = string.text();
            text = decoded.bytes();
            textOffset = 0;
            textLength = decoded.length();
            textExact = decoded.exact();
            stringEnds(next);
        }
        return next;
    }

    private void stringEnds(int next) {
        tokenEnd = origin + next;
        if (state == IN_NAME) {
            state = COLON;
            nameEnds();
            return;
        }
        int place = child;
        valueEnds();
        if (place != JsonShape.NONE) {
            sink.string(place, this);
        }
        if (rawLength() >= LONG_STRING) {
            sink.longString(this);
        }
    }

    private void nameEnds() {
        if (!shape.namesMatter(node)) {
            child = JsonShape.NONE;
            return;
        }
        child = textExact ? shape.field(node, text, textOffset, textLength) : shape.otherField(node);
        if (child != JsonShape.NONE) {
            sink.field(child, this);
        }
    }

    private int inNumber(byte[] in, int i, int end) {
        int next = number.scan(in, i, end);
        if (next < end) {
            if (!number.complete()) {
                return fail(JsonFault.BAD_NUMBER, next);
            }
            numberEnds(origin + next);
        }
        return next;
    }

    private void numberEnds(long at) {
        int place = child;
        tokenEnd = at;
        valueEnds();
        if (place != JsonShape.NONE) {
            sink.number(place, number.value(), this);
        }
    }

    private int inLiteral(byte[] in, int i, int end) {
        int next = literal.scan(in, i, end);
        if (literal.complete()) {
            literalEnds(next);
        } else if (next < end) {
            return fail(JsonFault.BAD_LITERAL, next);
        }
        return next;
    }

    private void literalEnds(int next) {
        int place = child;
        tokenEnd = origin + next;
        valueEnds();
        if (place == JsonShape.NONE) {
            return;
        }
        if (literal.isNull()) {
            sink.nil(place, this);
        } else {
            sink.bool(place, literal.isTrue(), this);
        }
    }

    private int fail(JsonFault what, int i) {
        fault = what;
        faultAt = origin + i;
        return i;
    }
}
