package dev.fairlead.operator.plan.provider;

import dev.fairlead.sidecar.provider.HeaderLookup;
import java.util.List;

/** The headers of a virtual provider's answer, made up when somebody asks for them. */
final class AnswerHead implements HeaderLookup {
    private final String contentType;
    private final List<LimitClass> limits;
    private final long retryAfterMs;
    private final long nowMs;

    /**
     * @param limits those that headers tell of; empty for a provider that tells nothing
     * @param retryAfterMs negative for no such header
     */
    AnswerHead(String contentType, List<LimitClass> limits, long retryAfterMs, long nowMs) {
        this.contentType = contentType;
        this.limits = limits;
        this.retryAfterMs = retryAfterMs;
        this.nowMs = nowMs;
    }

    @Override
    public String get(String name) {
        return switch (name) {
            case "content-type" -> contentType;
            case "retry-after" -> retryAfterMs < 0 ? null : Long.toString((retryAfterMs + 999) / 1_000);
            case "retry-after-ms" -> retryAfterMs < 0 ? null : Long.toString(retryAfterMs);
            case "x-ratelimit-limit-requests" -> limit(true);
            case "x-ratelimit-remaining-requests" -> remaining(true);
            case "x-ratelimit-reset-requests" -> reset(true);
            case "x-ratelimit-limit-tokens" -> limit(false);
            case "x-ratelimit-remaining-tokens" -> remaining(false);
            case "x-ratelimit-reset-tokens" -> reset(false);
            default -> null;
        };
    }

    private String limit(boolean requests) {
        var allowance = tightest(requests);
        return allowance == null ? null : Long.toString(allowance.limit());
    }

    private String remaining(boolean requests) {
        var allowance = tightest(requests);
        return allowance == null ? null : Long.toString(allowance.remaining(nowMs));
    }

    private String reset(boolean requests) {
        var allowance = tightest(requests);
        return allowance == null ? null : allowance.fullIn(nowMs) + "ms";
    }

    private Allowance tightest(boolean requests) {
        Allowance tightest = null;
        for (var one : limits) {
            var allowance = one.tightest(requests, nowMs);
            if (allowance != null && (tightest == null || allowance.remaining(nowMs) < tightest.remaining(nowMs))) {
                tightest = allowance;
            }
        }
        return tightest;
    }
}
