package dev.fairlead.operator.plan;

import dev.fairlead.operator.plan.provider.LimitUse;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

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
     * @param said which limit the pool named then, as its meters are named; {@code null} for none
     * @param lackedKey whether it was refused because no pool had a key for it: then it may have been any of them
     * @param afterMs {@link Long#MAX_VALUE} when no call ever waited; then so is the answer {@code null}
     */
    static Binding first(String pool, String said, boolean lackedKey, long afterMs, List<PlanResult.Pool> pools) {
        if (afterMs == Long.MAX_VALUE) {
            return null;
        }
        if (pool == null && lackedKey) {
            return pools.stream()
                    .map(any -> first(any.id(), said, false, afterMs, pools))
                    .filter(found -> found.limit() != null)
                    .min(Comparator.comparingLong(found -> found.limit().firstFullMs()))
                    .orElse(new Binding(afterMs, null, null, 0));
        }
        var uses = pools.stream()
                .filter(candidate -> candidate.id().equals(pool))
                .flatMap(candidate -> candidate.limits().stream())
                .toList();
        var full = uses.stream()
                .filter(use -> use.firstFullMs() >= 0 && use.firstFullMs() <= afterMs + SAME_MOMENT_MS)
                .toList();
        var limit = uses.stream()
                .filter(use -> use.meter().equals(said))
                .findFirst()
                .or(() -> lastFull(full, said))
                .orElse(null);
        long others = full.stream()
                .filter(use -> limit != null && !use.equals(limit) && use.sameKind(limit))
                .count();
        return new Binding(afterMs, pool, limit, (int) others);
    }

    /** Where the pool names no limit of an account's: what became full just before, for the limits of keys of the field it names. */
    private static Optional<LimitUse> lastFull(List<LimitUse> full, String said) {
        var named = full.stream()
                .filter(use -> said != null && said.endsWith("/" + use.kind().field()))
                .toList();
        return (named.isEmpty() ? full : named).stream().max(Comparator.comparingLong(LimitUse::firstFullMs));
    }
}
