package dev.fairlead.operator.trust;

/** What was found in the cluster. */
sealed interface Stored {
    /** No Secret. */
    record Absent() implements Stored {}

    /**
     * A Secret that nothing can be signed with: half-written, or somebody else's.
     *
     * @param why which entry, what is wrong; never its content
     */
    record Damaged(String why) implements Stored {}

    /** A CA that can sign. */
    record Intact(TrustState state) implements Stored {}
}
