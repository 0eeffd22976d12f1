package dev.fairlead.operator.plan;

import dev.fairlead.operator.plan.provider.LimitKind;
import dev.fairlead.operator.plan.provider.LimitUse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;

/**
 * The limit that made a call wait, or be refused, for the first time.
 *
 * @param afterMs when, milliseconds since the beginning
 * @param pool where; {@code null} when a call was refused for another reason than a lack of keys
 * @param limit which, {@code null} when no account's limit was full then
 * @param others limits of the same kind at other accounts of the pool that were full then, too
 */
public record Binding(long afterMs, String pool, LimitUse limit, int others) {
    /** The provider counts a call when it arrives, a few milliseconds after the sidecar did. */
    private static final long SAME_MOMENT_MS = 1_000;

    /**
     * @param pool where the call waited; {@code null} when it did not
     * @param lackedKey whether it was refused because no pool had a key for it: then it may have been any of them
     * @param afterMs {@link Long#MAX_VALUE} when no call ever waited; then so is the answer {@code null}
     */
    static Binding first(String pool, boolean lackedKey, long afterMs, List<PlanResult.Pool> pools) {
        if (afterMs == Long.MAX_VALUE) {
            return null;
        }
        if (pool == null && lackedKey) {
            return pools.stream()
                    .map(any -> first(any.id(), false, afterMs, pools))
                    .filter(found -> found.limit() != null)
                    .min(Comparator.comparingLong(found -> found.limit().firstFullMs()))
                    .orElse(new Binding(afterMs, null, null, 0));
        }
        var byKind = new EnumMap<LimitKind, List<LimitUse>>(LimitKind.class);
        for (var candidate : pools) {
            for (var use : candidate.limits()) {
                if (candidate.id().equals(pool)
                        && use.firstFullMs() >= 0
                        && use.firstFullMs() <= afterMs + SAME_MOMENT_MS) {
                    byKind.computeIfAbsent(use.kind(), kind -> new ArrayList<>())
                            .add(use);
                }
            }
        }
        var most = byKind.values().stream().max(Comparator.comparingInt(List::size));
        return most.map(uses -> new Binding(
                        afterMs,
                        pool,
                        uses.stream()
                                .min(Comparator.comparingLong(LimitUse::firstFullMs))
                                .orElseThrow(),
                        uses.size() - 1))
                .orElse(new Binding(afterMs, pool, null, 0));
    }
}
