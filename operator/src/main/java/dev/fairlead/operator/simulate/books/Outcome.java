package dev.fairlead.operator.simulate.books;

/** How a call ended; the names are those of {@code /stats}. */
public enum Outcome {
    /** The whole answer was sent. */
    answered,
    /** Turned away: a bad credential, a limit, a mistake in the request. */
    refused,
    /** A fault struck it, and it ended so. */
    faulted,
    /** The caller closed the connection before the end. */
    aborted
}
