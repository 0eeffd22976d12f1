package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.provider.Verdict;

/** What became of a call that held a lease. */
public sealed interface Outcome {
    /** The provider answered; whatever it said about the request itself, the key is fine. */
    record Served() implements Outcome {}

    /** The provider, or the way to it, failed. */
    record Failed(Verdict verdict) implements Outcome {}

    /** The call ended for a reason that says nothing about the key: the client left, or it was never sent. */
    record Abandoned() implements Outcome {}

    /** The one {@link Served}. */
    Outcome SERVED = new Served();

    /** The one {@link Abandoned}. */
    Outcome ABANDONED = new Abandoned();
}
