package dev.fairlead.sidecar.pool;

/** The class of a call in the waiting room: a higher one goes first, and leaves an eighth to a lower one that has waited long. */
public enum Urgency {
    /** Somebody is looking at the screen. */
    INTERACTIVE(0),
    /** The usual. */
    NORMAL(1),
    /** It may take its time. */
    BATCH(2);

    private final int level;

    Urgency(int level) {
        this.level = level;
    }

    /** 0 goes first. */
    int level() {
        return level;
    }
}
