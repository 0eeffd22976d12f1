package dev.fairlead.operator.reconcile;

/** Counts writes of statuses. Called on JOSDK's threads; must not block. */
@FunctionalInterface
public interface StatusWrites {
    /** The API server has it. */
    String WRITTEN = "written";

    /** The object is gone, or another of its name has come. */
    String CONFLICT = "conflict";

    /** It is tried again. */
    String FAILED = "failed";

    /** A write has ended, with one of these results. */
    void ended(String kind, String result);
}
