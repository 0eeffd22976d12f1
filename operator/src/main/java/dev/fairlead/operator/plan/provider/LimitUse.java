package dev.fairlead.operator.plan.provider;

import java.util.List;
import java.util.stream.Collectors;

/**
 * How much of one limit a plan used, by the provider's own count.
 *
 * @param owner the account; of a limit that is a single key's, {@code key NAME}
 * @param models patterns of the models that share the limit; empty for all
 * @param peak the most within one period, to a sixtieth of it; of {@code concurrency} the most at once
 * @param mean per period, from the first call to the last answer
 * @param firstFullMs when another call would not have fitted for the first time, milliseconds since the beginning; -1 for never
 * @param refusals calls that the provider turned away for it
 */
public record LimitUse(
        String owner,
        List<String> models,
        LimitKind kind,
        long limit,
        long peak,
        double mean,
        long firstFullMs,
        long refusals) {

    /** As {@link dev.fairlead.sidecar.pool.quota.SharedLimit#meter} names it when it is an account's. */
    public String meter() {
        var patterns = models.stream().distinct().sorted().collect(Collectors.joining(","));
        return owner + "/" + (models.isEmpty() ? "*" : patterns) + "/" + kind.field();
    }

    /** Whether the other one is the same limit of another account. */
    public boolean sameKind(LimitUse other) {
        return kind == other.kind && models.equals(other.models);
    }

    /** {@code requestsPerMinute of account-a}, with the models where it is not for all. */
    public String name() {
        return kind.field() + " of " + owner + (models.isEmpty() ? "" : " for " + String.join(", ", models));
    }
}
