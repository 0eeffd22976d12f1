package dev.fairlead.sidecar.pool.quota;

import dev.fairlead.sidecar.pool.Demand;
import dev.fairlead.sidecar.pool.Spent;
import dev.fairlead.sidecar.provider.LimitSnapshot;
import dev.fairlead.sidecar.provider.Verdict;

/** All limits that a call of one account (or one key) for one model counts in. Kept over configurations. */
public interface Gate {
    /**
     * When a call may pass, as far as is known now: {@code nowMs} or earlier for at once, {@link Long#MAX_VALUE} for never since it
     * asks for more than a limit allows at all.
     */
    long opensAt(Demand demand, long nowMs);

    /** Takes what the demand asks for; only after {@link #opensAt} has said that it fits. */
    Hold reserve(Demand demand, long nowMs);

    /** The call that holds this leaves now, some time after it was let pass: the provider's windows have it from now on, and ours. */
    default void sent(Hold hold, long nowMs) {}

    /** The provider's status line has come: it has counted the call that holds this. True when others may begin sooner by that. */
    default boolean counted(Hold hold, long nowMs) {
        return false;
    }

    /**
     * What became of a reservation; once for each.
     *
     * @param requestCounts whether the provider counts it as a request
     */
    void settle(Hold hold, Spent spent, boolean requestCounts, long nowMs);

    /** The call that holds this is being cut, and the provider notices a little later; before it is settled. */
    default void cut(Hold hold) {}

    /** The provider's own words in a response to the call that holds this; corrects what is counted here. */
    void corrected(LimitSnapshot limits, Hold hold, long nowMs);

    /** The provider has refused the call that holds this for a limit: where nothing names the limit, it is learned. */
    void limited(Verdict verdict, Hold hold, long nowMs);

    /** Which limit lets the call pass last ({@link dev.fairlead.sidecar.fleet.MeterReading#meter}); {@code null} when none does. */
    String bindingLimit(Demand demand, long nowMs);

    /** Share of the tightest limit that is left, 0 to 1; 1 where no limit is known. */
    double headroom(long nowMs);

    /** What is left of each limit, the tighter one where it is both configured and told by headers; a share where it is shared. */
    default LimitSnapshot standing(long nowMs) {
        return LimitSnapshot.NOTHING;
    }

    /** When the tightest limit is used up at the pace of the last minute; {@link Long#MAX_VALUE} when it is not. */
    long exhaustedAt(long nowMs);

    /**
     * How many calls like this one could begin from now until a time, as far as is known now: what is free, and what becomes free
     * until then. Predicts waits; may be wrong, must be cheap, never negative, and never shrinks with a later time.
     */
    default int callsUntil(Demand demand, long atMs, long nowMs) {
        return opensAt(demand, nowMs) <= atMs ? UNLIMITED_CALLS : 0;
    }

    /** What {@link #callsUntil} says where nothing limits calls. */
    int UNLIMITED_CALLS = 1 << 20;

    /** Whether any limit is known that {@link #headroom} speaks of. */
    default boolean known() {
        return headroom(0) < 1;
    }

    /** Whether calls are kept back only since this process holds too small a share of a limit: the fleet should be asked. */
    default boolean lacksShare(Demand demand, long nowMs) {
        return false;
    }

    /**
     * What those who wait would ask of these limits at once, until said otherwise; appears as {@code wanted} in
     * {@link Quotas#readings}. A call that counts in several gates of one limit adds up there.
     */
    default void wanted(int calls, long inputTokens, long outputTokens) {}
}
