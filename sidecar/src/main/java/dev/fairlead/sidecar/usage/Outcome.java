package dev.fairlead.sidecar.usage;

import java.util.Locale;

/** How a call ended, seen by its client. */
public enum Outcome {
    /** Answered as asked. */
    OK,
    /** Refused by us before any provider was asked to execute it. */
    REFUSED,
    /** Failed at a provider, on the way to it, or by a bug of ours. */
    FAILED,
    /** The client went away first. */
    CANCELLED;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name in records and metric labels, for example {@code ok}. */
    public String wireName() {
        return wireName;
    }
}
