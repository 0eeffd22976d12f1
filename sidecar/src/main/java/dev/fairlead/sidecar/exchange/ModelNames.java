package dev.fairlead.sidecar.exchange;

/** Whether two providers' names mean one model. */
public final class ModelNames {
    private ModelNames() {}

    /** By the name itself, whatever its case and whichever vendor an aggregator puts before it: {@code openai/gpt-4o}. */
    public static boolean same(String one, String other) {
        int from = one.lastIndexOf('/') + 1;
        int otherFrom = other.lastIndexOf('/') + 1;
        int length = one.length() - from;
        return length == other.length() - otherFrom && one.regionMatches(true, from, other, otherFrom, length);
    }
}
