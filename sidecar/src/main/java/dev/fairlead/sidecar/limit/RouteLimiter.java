package dev.fairlead.sidecar.limit;

import dev.fairlead.sidecar.config.LimitConfig;
import dev.fairlead.sidecar.config.LimitConfig.Unit;
import dev.fairlead.sidecar.limit.Admission.Standing;
import java.util.List;

/**
 * All limits of one route. A call is admitted by all of them or takes nothing from any. Tokens are reserved as estimated and
 * corrected when the real usage is known; a call whose usage stays unknown keeps its reservation.
 */
public final class RouteLimiter {
    private Meter[] meters = {};

    /** One limit and its window. */
    static final class Meter {
        private LimitConfig config;
        private final SlidingWindow window;

        Meter(LimitConfig config) {
            this.config = config;
            this.window = new SlidingWindow(config.windowMs());
        }

        long amount(long tokens) {
            return config.unit() == Unit.REQUESTS ? 1 : tokens;
        }
    }

    /** Uses these limits from now on; a limit with the same name, unit and window keeps what it has counted. */
    public void configure(List<LimitConfig> limits) {
        var old = meters;
        meters = limits.stream().map(config -> keepOrCreate(old, config)).toArray(Meter[]::new);
    }

    private static Meter keepOrCreate(Meter[] old, LimitConfig config) {
        for (var meter : old) {
            if (meter.config.name().equals(config.name())
                    && meter.config.unit() == config.unit()
                    && meter.config.windowMs() == config.windowMs()) {
                meter.config = config;
                return meter;
            }
        }
        return new Meter(config);
    }

    /** Reserves one request and {@code tokens} tokens, or says which limit forbids it and for how long. */
    public Admission admit(long tokens, long nowMs) {
        return answer(tokens, true, nowMs);
    }

    /** What {@link #admit} would answer now; reserves nothing. */
    public Admission predict(long tokens, long nowMs) {
        return answer(tokens, false, nowMs);
    }

    private Admission answer(long tokens, boolean reserves, long nowMs) {
        if (meters.length == 0) {
            return Admission.UNLIMITED;
        }
        String refusedBy = null;
        long retryAfterMs = 0;
        for (var meter : meters) {
            long amount = meter.amount(tokens);
            if (meter.window.sum(nowMs) + amount > meter.config.limit()) {
                long wait = amount > meter.config.limit()
                        ? Long.MAX_VALUE
                        : meter.window.untilAtMost(meter.config.limit() - amount, nowMs);
                if (refusedBy == null || wait > retryAfterMs) {
                    refusedBy = meter.config.name();
                    retryAfterMs = wait;
                }
            }
        }
        var reservation = reserves && refusedBy == null ? reserve(tokens, nowMs) : null;
        return new Admission(
                reservation, refusedBy, retryAfterMs, tightest(Unit.REQUESTS, nowMs), tightest(Unit.TOKENS, nowMs));
    }

    private Reservation reserve(long tokens, long nowMs) {
        var slots = new long[meters.length];
        for (int i = 0; i < meters.length; i++) {
            slots[i] = meters[i].window.add(meters[i].amount(tokens), nowMs);
        }
        return new Reservation(meters, slots, tokens);
    }

    /** The call has used this many tokens; a second time does nothing. */
    public void settle(Reservation reservation, long usedTokens, long nowMs) {
        if (reservation.settle()) {
            correct(reservation, usedTokens - reservation.tokens, 0, nowMs);
        }
    }

    /** The call was never executed: gives everything back; a second time does nothing. */
    public void refund(Reservation reservation, long nowMs) {
        if (reservation.settle()) {
            correct(reservation, -reservation.tokens, -1, nowMs);
        }
    }

    private static void correct(Reservation reservation, long tokens, long requests, long nowMs) {
        for (int i = 0; i < reservation.meters.length; i++) {
            var meter = reservation.meters[i];
            long difference = meter.config.unit() == Unit.REQUESTS ? requests : tokens;
            if (difference != 0) {
                meter.window.correct(reservation.slots[i], difference, nowMs);
            }
        }
    }

    private Standing tightest(Unit unit, long nowMs) {
        Meter tightest = null;
        long least = Long.MAX_VALUE;
        for (var meter : meters) {
            if (meter.config.unit() == unit) {
                long left = Math.max(0, meter.config.limit() - meter.window.sum(nowMs));
                if (left < least) {
                    least = left;
                    tightest = meter;
                }
            }
        }
        return tightest == null
                ? null
                : new Standing(tightest.config.limit(), least, tightest.window.untilAtMost(0, nowMs));
    }
}
