package dev.fairlead.operator.plan.provider;

import dev.fairlead.sidecar.config.QuotaLimits;
import dev.fairlead.sidecar.provider.AdmissionRule;
import dev.fairlead.sidecar.provider.AdmissionRule.Charge;
import java.util.ArrayList;
import java.util.List;

/** The limits that some models of an account share. */
final class LimitClass {
    private final AdmissionRule rule;
    private final List<String> models;
    private final Long concurrency;
    private final List<Allowance> allowances = new ArrayList<>();
    private int running;
    private int mostRunning;
    private long refusedForConcurrency;
    private long firstFullMs = -1;

    /** @param rule how the provider counts */
    LimitClass(QuotaLimits limits, AdmissionRule rule) {
        this.rule = rule;
        models = limits.models();
        concurrency = limits.concurrency();
        add(LimitKind.REQUESTS_PER_MINUTE, limits.requestsPerMinute(), burst(limits));
        add(LimitKind.REQUESTS_PER_DAY, limits.requestsPerDay(), null);
        add(LimitKind.INPUT_TOKENS_PER_MINUTE, limits.inputTokensPerMinute(), null);
        add(LimitKind.OUTPUT_TOKENS_PER_MINUTE, limits.outputTokensPerMinute(), null);
        add(LimitKind.TOKENS_PER_MINUTE, limits.tokensPerMinute(), null);
        add(LimitKind.TOKENS_PER_DAY, limits.tokensPerDay(), null);
    }

    private Long burst(QuotaLimits limits) {
        if (limits.burst() != null || limits.requestsPerMinute() == null || rule.burstMs() == 0) {
            return limits.burst();
        }
        return Math.max(1, limits.requestsPerMinute() * rule.burstMs() / LimitKind.REQUESTS_PER_MINUTE.periodMs());
    }

    private void add(LimitKind kind, Long limit, Long depth) {
        if (limit != null) {
            allowances.add(new Allowance(kind, limit, depth == null ? limit : Math.min(depth, limit)));
        }
    }

    boolean covers(String model) {
        return models.isEmpty() || models.stream().anyMatch(pattern -> matches(pattern, model));
    }

    /** Exact, {@code prefix*}, {@code *suffix} or {@code *}. */
    private static boolean matches(String pattern, String model) {
        if (pattern.endsWith("*")) {
            return model.startsWith(pattern.substring(0, pattern.length() - 1));
        }
        return pattern.startsWith("*") ? model.endsWith(pattern.substring(1)) : pattern.equals(model);
    }

    /** What keeps a call out; {@code null} when nothing does. Takes nothing. */
    Denied check(long input, long maxOutput, long nowMs) {
        if (concurrency != null && running >= concurrency) {
            refusedForConcurrency++;
            return new Denied(LimitKind.CONCURRENCY, concurrency, 1, -1);
        }
        Denied longest = null;
        for (var allowance : allowances) {
            long units = atAdmission(allowance.kind(), input, maxOutput);
            long waitMs = allowance.waitFor(units, nowMs);
            if (waitMs > 0) {
                allowance.refused(nowMs);
                if (longest == null || waitMs > longest.waitMs()) {
                    longest = new Denied(allowance.kind(), allowance.limit(), units, waitMs);
                }
            }
        }
        return longest;
    }

    void admit(long input, long maxOutput, long nowMs) {
        running++;
        mostRunning = Math.max(mostRunning, running);
        if (concurrency != null && running >= concurrency && firstFullMs < 0) {
            firstFullMs = nowMs;
        }
        for (var allowance : allowances) {
            allowance.take(atAdmission(allowance.kind(), input, maxOutput), nowMs);
        }
    }

    /** The call is over: corrects what was taken at the door, if that is the provider's way. */
    void finish(long input, long output, long maxOutput, long nowMs) {
        running--;
        if (!rule.givesBack() && rule.charge() != Charge.EXPECTED) {
            return;
        }
        for (var allowance : allowances) {
            long taken = atAdmission(allowance.kind(), input, maxOutput);
            switch (allowance.kind()) {
                case OUTPUT_TOKENS_PER_MINUTE -> allowance.correct(output - taken, nowMs);
                case TOKENS_PER_MINUTE, TOKENS_PER_DAY -> allowance.correct(input + output - taken, nowMs);
                default -> {}
            }
        }
    }

    private long atAdmission(LimitKind kind, long input, long maxOutput) {
        return switch (kind) {
            case REQUESTS_PER_MINUTE, REQUESTS_PER_DAY, CONCURRENCY -> 1;
            case INPUT_TOKENS_PER_MINUTE -> input;
            case OUTPUT_TOKENS_PER_MINUTE -> Math.max(1, output(maxOutput));
            case TOKENS_PER_MINUTE, TOKENS_PER_DAY ->
                rule.charge() == Charge.LARGER_OF_BOTH ? Math.max(input, output(maxOutput)) : input + output(maxOutput);
        };
    }

    private long output(long maxOutput) {
        if (rule.charge() == Charge.EXPECTED) {
            return 0;
        }
        return maxOutput > 0 ? maxOutput : rule.unsetMaxTokens();
    }

    /** The request limit with the least left, and the token limit with the least left, for headers; {@code null} for none. */
    Allowance tightest(boolean requests, long nowMs) {
        Allowance tightest = null;
        for (var allowance : allowances) {
            boolean minute =
                    allowance.kind() == (requests ? LimitKind.REQUESTS_PER_MINUTE : LimitKind.TOKENS_PER_MINUTE);
            if (minute && (tightest == null || allowance.remaining(nowMs) < tightest.remaining(nowMs))) {
                tightest = allowance;
            }
        }
        return tightest;
    }

    List<LimitUse> uses(String owner, long lengthMs) {
        var uses = new ArrayList<LimitUse>();
        for (var allowance : allowances) {
            double periods = Math.max(1, (double) lengthMs / allowance.kind().periodMs());
            uses.add(new LimitUse(
                    owner,
                    models,
                    allowance.kind(),
                    allowance.limit(),
                    allowance.peak(),
                    allowance.total() / periods,
                    allowance.firstFullMs(),
                    allowance.refusals()));
        }
        if (concurrency != null) {
            uses.add(new LimitUse(
                    owner,
                    models,
                    LimitKind.CONCURRENCY,
                    concurrency,
                    mostRunning,
                    mostRunning,
                    firstFullMs,
                    refusedForConcurrency));
        }
        return uses;
    }
}
