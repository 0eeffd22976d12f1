package dev.fairlead.operator.simulate.account;

import dev.fairlead.operator.simulate.profile.LimitsProfile;

/** The meters that share one scope: an account's, or one model's of it. All or none is taken. */
final class MeterSet {

    private final boolean chargeRejected;
    private final Meter requests;
    private final Meter daily;
    private final Meter tokens;

    MeterSet(LimitsProfile limits) {
        this.chargeRejected = limits.chargeRejected();
        this.requests = limits.requestsPerMinute() == null ? null : requests(limits);
        this.daily = limits.requestsPerDay() == null ? null : daily(limits);
        this.tokens = limits.tokensPerMinute() == null ? null : tokens(limits);
    }

    /** Takes one request of so many tokens from every meter, or says which one has it wait longest. */
    Admission take(long tokenCount, long now) {
        if (tokens != null && tokens.waitFor(tokenCount, now) == Meter.NEVER) {
            return new Admission.NeverFits(Dimension.TOKENS_PER_MINUTE, tokens.limit(), tokenCount);
        }
        Admission refusal = longestWait(tokenCount, now);
        if (refusal != null) {
            return chargeRejected ? refusedAndCharged(tokenCount, now) : refusal;
        }
        take(requests, 1, now);
        take(daily, 1, now);
        take(tokens, tokenCount, now);
        return new Admission.Admitted();
    }

    Headroom headroom(long now) {
        return new Headroom(gauge(tighter(now), now), gauge(tokens, now));
    }

    private Admission refusedAndCharged(long tokenCount, long now) {
        for (Meter meter : new Meter[] {requests, daily}) {
            if (meter != null && meter.waitFor(1, now) == 0) {
                meter.take(1, now);
            }
        }
        return longestWait(tokenCount, now);
    }

    private Admission longestWait(long tokenCount, long now) {
        Admission.RateLimited longest = null;
        longest = longer(longest, Dimension.REQUESTS_PER_DAY, daily, 1, now);
        longest = longer(longest, Dimension.REQUESTS_PER_MINUTE, requests, 1, now);
        return longer(longest, Dimension.TOKENS_PER_MINUTE, tokens, tokenCount, now);
    }

    private static Admission.RateLimited longer(
            Admission.RateLimited longest, Dimension dimension, Meter meter, long cost, long now) {
        long wait = meter == null ? 0 : meter.waitFor(cost, now);
        if (wait == 0 || (longest != null && longest.waitMicros() >= wait)) {
            return longest;
        }
        long used = meter.limit() - Math.min(meter.limit(), meter.remaining(now));
        return new Admission.RateLimited(dimension, meter.limit(), used, cost, wait);
    }

    /** OpenAI's request headers show the day instead of the minute once the day has less left. */
    private Meter tighter(long now) {
        if (requests == null || daily == null) {
            return requests == null ? daily : requests;
        }
        return daily.remaining(now) < requests.remaining(now) ? daily : requests;
    }

    private static Headroom.Gauge gauge(Meter meter, long now) {
        return meter == null ? null : new Headroom.Gauge(meter.limit(), meter.remaining(now), meter.fullIn(now));
    }

    private static void take(Meter meter, long cost, long now) {
        if (meter != null) {
            meter.take(cost, now);
        }
    }

    private static Meter requests(LimitsProfile limits) {
        long limit = limits.requestsPerMinute();
        return switch (limits.admission()) {
            case TokenBucket -> new TokenBucket(limit, Meter.MINUTE, or(limits.burst(), limit));
            case Quantised -> new Slices(limit, limits.quantumSeconds() * 1_000_000L);
            case FixedWindow -> new FixedWindow(limit, Meter.MINUTE);
        };
    }

    private static Meter daily(LimitsProfile limits) {
        long limit = limits.requestsPerDay();
        return switch (limits.admission()) {
            case TokenBucket, Quantised -> new TokenBucket(limit, Meter.DAY, limit);
            case FixedWindow -> new FixedWindow(limit, Meter.DAY);
        };
    }

    private static Meter tokens(LimitsProfile limits) {
        long limit = limits.tokensPerMinute();
        return switch (limits.admission()) {
            case TokenBucket -> new TokenBucket(limit, Meter.MINUTE, or(limits.burstTokens(), limit));
            case Quantised, FixedWindow -> new FixedWindow(limit, Meter.MINUTE);
        };
    }

    private static long or(Long value, long otherwise) {
        return value == null ? otherwise : value;
    }
}
