package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.config.ErrorCode;
import dev.fairlead.sidecar.dialect.openai.References;
import dev.fairlead.sidecar.pool.LeaseRefusal;
import dev.fairlead.sidecar.provider.Tag;

/**
 * Where a call may go that refers to what only one account has: to that account alone when it is known, waiting for it if it
 * rests; otherwise to the accounts in turn, until one does not answer that it knows nothing of it.
 */
final class Pinning {
    private final References references;
    private final LivePool pool;
    private final String group;

    private Pinning(References references, LivePool pool, String group) {
        this.references = references;
        this.pool = pool;
        this.group = group;
    }

    /** For a call with these references to a model; {@code null} for one that refers to nothing. */
    static Pinning of(References references, LiveModel model) {
        if (references.size() == 0) {
            return null;
        }
        for (int i = 0; i < references.size(); i++) {
            for (var target : model.targets()) {
                var holder = target.pool().keys().pins().group(references.at(i));
                if (holder != null && hasAccount(target.pool(), holder)) {
                    return new Pinning(references, target.pool(), holder);
                }
            }
        }
        return new Pinning(references, null, null);
    }

    /** An account that was renamed is found again by asking. */
    private static boolean hasAccount(LivePool pool, String group) {
        for (var key : pool.config().keys()) {
            if (key.group().equals(group)) {
                return true;
            }
        }
        return false;
    }

    @SuppressWarnings("ReferenceEquality") // The same pool, not one that looks like it.
    boolean allows(LiveTarget target) {
        return pool == null || pool == target.pool();
    }

    /** The only account that will do, {@code null} as long as it is not known. */
    String group() {
        return group;
    }

    /** Whether an account has just said that it does not have what this call refers to, and others have not been asked. */
    boolean goesOnAfter(Failure failure) {
        return group == null && missing(failure);
    }

    private static boolean missing(Failure failure) {
        return failure != null && failure.verdict().has(Tag.RESOURCE_MISSING);
    }

    /** An account has answered: it has everything that this call refers to. */
    void served(LiveTarget target, String by) {
        for (int i = 0; i < references.size(); i++) {
            target.pool().keys().pins().remember(references.at(i), by);
        }
    }

    /**
     * No account is left to ask.
     *
     * @param soonest why there is no key, {@code null} when nobody was asked
     * @param last the last attempt's failure, {@code null} for none
     * @return whether this has been the end of the call; otherwise the pools' own reasons are
     */
    boolean lost(Exchange exchange, LeaseRefusal soonest, Failure last) {
        boolean rests = soonest != null
                && switch (soonest.kind()) {
                    case NONE_LEFT, UNUSABLE, REPLAN -> false;
                    case EXHAUSTED, QUEUE_FULL, PROVIDER_DOWN, TOO_LARGE -> true;
                };
        if (rests || (group == null && !missing(last)) || (group != null && last != null)) {
            return false;
        }
        if (group != null && soonest != null && soonest.cause() != null) {
            return false; // The account is there; what ails it is said in its own words.
        }
        refuse(exchange);
        return true;
    }

    void refuse(Exchange exchange) {
        exchange.refuse(
                ErrorCode.STATEFUL_PIN_LOST,
                group == null
                        ? "None of the accounts that were asked has what this call refers to (a previous response, a"
                                + " conversation, a stored item or encrypted reasoning): it has expired, or the account that"
                                + " made it has left. Send the whole conversation instead."
                        : "What this call refers to is held by account '" + group + "' of pool '" + pool.id()
                                + "', which has no usable key any more. Send the whole conversation instead.",
                null);
    }
}
