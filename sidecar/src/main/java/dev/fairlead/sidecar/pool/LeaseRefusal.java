package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.provider.FailureClass;

/**
 * Why there is no key.
 *
 * @param kind what to tell the client
 * @param cause what keeps back the key that would return first, of those that are kept back by a limit as long as there are
 *     such; {@code null} where no key is known
 * @param availableInMs when such a call would be served as far as is known, behind those who wait already; of a pool that is
 *     unusable when the next call tries one of its keys; {@link Long#MAX_VALUE} for never by itself
 * @param admittedInMs when the same call would be let into the waiting room, from where it would still be served in time; of a
 *     call that would not wait {@code availableInMs}, and our own delay after a rest
 * @param limit the limit that lets the call pass last, as the account's meters name it; {@code null} when a rest keeps it
 *     back, or nothing does
 */
public record LeaseRefusal(Kind kind, FailureClass cause, long availableInMs, long admittedInMs, String limit) {
    /** A refusal with nothing more to say. */
    LeaseRefusal(Kind kind, FailureClass cause, long availableInMs) {
        this(kind, cause, availableInMs, availableInMs, null);
    }

    /** The kinds of refusal. */
    public enum Kind {
        /** Every usable key rests; it would come back after the caller's deadline. */
        EXHAUSTED,
        /** No key of the pool can serve: none configured, all refused by the provider, out of credit, or without the model. */
        UNUSABLE,
        /** The provider is overloaded or cannot be reached. */
        PROVIDER_DOWN,
        /** Every account of the pool has already failed this call. */
        NONE_LEFT,
        /** The call asks for more than a limit of every account allows at all. */
        TOO_LARGE,
        /** The waiting room is full. */
        QUEUE_FULL,
        /** The configuration changed while waiting: plan the call again. */
        REPLAN
    }
}
