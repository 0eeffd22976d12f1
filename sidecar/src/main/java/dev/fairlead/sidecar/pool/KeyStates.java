package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.provider.FailureClass;
import java.util.EnumSet;
import java.util.Set;

/**
 * How a key stands, in one word.
 *
 * @param name {@code Available}, {@code Parked} (at a limit), {@code Suspended} (its account has nothing to spend),
 *     {@code Invalid} (refused by the provider), both until it takes a call again, {@code Expired} (past its notAfter) or
 *     {@code Draining} (weight 0)
 * @param until when that may end by itself; in the past when it does not, when the next call tries whether it has ended, or when the
 *     key is available
 * @param reason the failure class's wire name, empty when available
 */
record KeyStates(String name, long until, String reason) {
    /** Limits that open again so soon are the pace of calls, not a rest. */
    private static final long PACE_MS = 1_000;

    /** What is no limit of a key: it says nothing about other models. */
    static final Set<FailureClass> NO_LIMITS =
            EnumSet.of(FailureClass.MODEL_ACCESS, FailureClass.MODEL_GONE, FailureClass.REGION);

    static KeyStates of(Key key, long nowMs) {
        var quarantine = key.quarantine();
        var account = key.account().coolDown();
        if (key.weight() == 0) {
            return new KeyStates("Draining", Times.PAST, "");
        }
        if (key.expired(nowMs)) {
            return new KeyStates("Expired", Times.PAST, "");
        }
        if (quarantine.rests(nowMs) || key.unproven()) {
            return resting(quarantine, key.trust());
        }
        var trust = key.account().trust();
        if (account.rests(nowMs) || trust.refused() != null) {
            return resting(account, trust);
        }
        return parked(key, nowMs);
    }

    private static KeyStates resting(CoolDown rest, Trust trust) {
        var cause = trust.refused() == null ? rest.cause() : trust.refused();
        var state = switch (cause) {
            case QUOTA -> "Suspended";
            case CREDENTIAL -> "Invalid";
            default -> "Parked";
        };
        return new KeyStates(state, rest.until(), cause.wireName());
    }

    /**
     * Parked is a key that is at a limit for each of the models that its account was asked for lately. A model that it has no access
     * to says nothing about the key.
     */
    private static KeyStates parked(Key key, long nowMs) {
        long soonest = Long.MAX_VALUE;
        FailureClass cause = null;
        for (var model : key.account().models()) {
            if (!key.serves(model.board().model())) {
                continue;
            }
            long at = closedUntil(key, model, nowMs);
            if (at <= nowMs) {
                return new KeyStates("Available", Times.PAST, "");
            }
            var ofKey = key.cause(model.board().model(), nowMs);
            var why = ofKey == null ? model.cause(nowMs) : ofKey;
            if ((cause == null || at < soonest) && !NO_LIMITS.contains(why)) {
                soonest = at;
                cause = why;
            }
        }
        return cause == null
                ? new KeyStates("Available", Times.PAST, "")
                : new KeyStates("Parked", soonest, cause.wireName());
    }

    static long closedUntil(Key key, AccountModel model, long nowMs) {
        long rest = Math.max(model.restedAt(), key.opensAt(model.board().model(), nowMs));
        long gate = model.gate().opensAt(Demand.ONE_CALL, nowMs);
        return gate > nowMs + PACE_MS ? Math.max(rest, gate) : rest;
    }

    /** Whether an account is kept back by its limits, and not by the pace of calls alone. */
    static boolean isAtLimit(AccountModel model, long nowMs) {
        return model.gate().opensAt(Demand.ONE_CALL, nowMs) > nowMs + PACE_MS;
    }
}
