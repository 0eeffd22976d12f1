package dev.fairlead.sidecar.dialect.openai;

/** Bytes of a body: from {@code start} to before {@code end}. */
public record Range(int start, int end) {
    /** Nowhere. */
    public static final Range NONE = new Range(0, 0);

    /** Whether there is nothing in it. */
    public boolean isEmpty() {
        return start == end;
    }
}
