package dev.fairlead.sidecar.pool.quota;

import dev.fairlead.sidecar.provider.AdmissionRule.Refill;
import dev.fairlead.sidecar.provider.LimitSnapshot.Reading;

/**
 * What the provider's headers say of one limit: what remained when it answered, less what was granted since, plus what has come
 * back. A header paces, it never stops calls for long: what it says is forgotten after {@value #LONGEST_MS} ms at the latest.
 */
final class Told {
    private static final long LONGEST_MS = 600_000;

    private final long windowMs;
    private long limit;
    private double remaining;
    private double perMs;
    private long atMs;
    private long untilMs = Long.MIN_VALUE;
    private long lastSequence = -1;

    /** @param windowMs in which the provider counts, where it does not say when the limit is whole again */
    Told(long windowMs) {
        this.windowMs = windowMs;
    }

    /** Whether anything is known now. */
    boolean speaks(long t) {
        return t < untilMs;
    }

    /**
     * The provider's own count.
     *
     * @param granted since the call that this answers
     */
    void heard(long sequence, Reading said, long granted, Refill refill, long t) {
        if (sequence < lastSequence && speaks(t)) {
            return; // An answer that was long on its way: a younger one has told more.
        }
        lastSequence = sequence;
        limit = Math.max(1, said.limit() > 0 ? said.limit() : Math.max(limit, said.remaining()));
        long left = Math.min(said.remaining(), limit);
        remaining = left - granted;
        atMs = t;
        long missing = limit - left;
        boolean saidWhen = said.resetMs() > 0 && missing > 0;
        long fullInMs = saidWhen ? said.resetMs() : windowMs;
        if (refill == Refill.CONTINUOUS) {
            perMs = saidWhen ? (double) missing / fullInMs : (double) limit / windowMs;
            untilMs = t + Math.min(LONGEST_MS, fullInMs + (long) (granted / perMs));
        } else {
            perMs = 0;
            untilMs = t + Math.min(LONGEST_MS, fullInMs);
        }
    }

    void granted(long amount) {
        remaining -= amount;
        if (perMs > 0) {
            // As long as the bucket needs to be full again it is not forgotten.
            untilMs = Math.max(untilMs, Math.min(atMs + LONGEST_MS, atMs + (long) ((limit - remaining) / perMs)));
        }
    }

    /** A granted call was never counted; what was heard from a later one holds already. */
    void givenBack(long amount, long sequence) {
        if (sequence > lastSequence) {
            remaining += amount;
        }
    }

    /** Milliseconds until so much is there. */
    long waitFor(long amount, long t) {
        if (!speaks(t)) {
            return 0;
        }
        double missing = Math.min(amount, limit) - now(t);
        if (missing <= 0) {
            return 0;
        }
        long untilForgotten = untilMs - t;
        return perMs <= 0 ? untilForgotten : Math.max(1, Math.min(untilForgotten, (long) Math.ceil(missing / perMs)));
    }

    /** How much could begin until then; without end when it is forgotten by then. */
    double amountUntil(long laterMs, long t) {
        if (!speaks(t) || laterMs >= untilMs) {
            return Double.MAX_VALUE;
        }
        return Math.max(0, now(t) + (laterMs - t) * perMs);
    }

    /** Share of it that is left; 1 when nothing is known. */
    double left(long t) {
        return speaks(t) ? Math.max(0, Math.min(1, now(t) / limit)) : 1;
    }

    /** How it stands. */
    Reading reading(long t) {
        if (!speaks(t)) {
            return Reading.SILENT;
        }
        double left = Math.max(0, now(t));
        double missing = limit - left;
        double wholeInMs = missing < 1 ? 0 : perMs > 0 ? Math.ceil(missing / perMs) : untilMs - t;
        return new Reading((long) left, limit, (long) wholeInMs);
    }

    private double now(long t) {
        return Math.min(limit, remaining + (t - atMs) * perMs);
    }
}
