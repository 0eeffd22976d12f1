package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.provider.FailureClass;

/**
 * Why there is no key.
 *
 * @param kind what to tell the client
 * @param cause what keeps back the key that would return first; {@code null} where no key is known
 * @param availableInMs how long until the first key may serve again; {@link Long#MAX_VALUE} for never by itself
 */
public record LeaseRefusal(Kind kind, FailureClass cause, long availableInMs) {
    /** The kinds of refusal. */
    public enum Kind {
        /** Every usable key rests; it would come back after the caller's deadline. */
        EXHAUSTED,
        /** No key of the pool can serve: none configured, all refused by the provider, or out of credit. */
        UNUSABLE,
        /** The provider is overloaded or cannot be reached. */
        PROVIDER_DOWN,
        /** Every account of the pool has already failed this call. */
        NONE_LEFT,
        /** The waiting room is full. */
        QUEUE_FULL,
        /** The configuration changed while waiting: plan the call again. */
        REPLAN
    }
}
