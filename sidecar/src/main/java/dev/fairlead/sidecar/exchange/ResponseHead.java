package dev.fairlead.sidecar.exchange;

import java.util.ArrayList;
import java.util.List;

/** Status and headers of an answer; names in lower case. Not thread-safe. */
public final class ResponseHead {
    private final int status;
    private final List<CharSequence> namesAndValues = new ArrayList<>(16);
    private long contentLength = -1;

    public ResponseHead(int status) {
        this.status = status;
    }

    /** Adds a header. */
    public ResponseHead add(CharSequence name, CharSequence value) {
        namesAndValues.add(name);
        namesAndValues.add(value);
        return this;
    }

    /** The body's length where it is known before it is sent. */
    public ResponseHead contentLength(long length) {
        contentLength = length;
        return this;
    }

    public int status() {
        return status;
    }

    /** -1 when unknown. */
    public long contentLength() {
        return contentLength;
    }

    /** How many headers there are. */
    public int size() {
        return namesAndValues.size() / 2;
    }

    public CharSequence name(int i) {
        return namesAndValues.get(2 * i);
    }

    public CharSequence value(int i) {
        return namesAndValues.get(2 * i + 1);
    }
}
