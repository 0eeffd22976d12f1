package dev.fairlead.operator.plan;

import dev.fairlead.operator.plan.PlannedFolder.Configs;
import dev.fairlead.operator.plan.load.Load;
import dev.fairlead.sidecar.config.KeyConfig;
import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.config.QuotaLimits;
import dev.fairlead.sidecar.config.SidecarConfig;
import dev.fairlead.sidecar.provider.AdmissionRule.Charge;
import dev.fairlead.sidecar.provider.ProviderProfiles;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Tries a load on configurations, as they are and as they might be. Everything happens in virtual time, in these calls. */
public final class Planner {
    /** About what providers take to say no. */
    private static final long REFUSAL_MS = 50;

    private final ProviderProfiles profiles;
    private final long epochMs;

    /** @param epochMs the wall clock at which the plan begins: keys and approvals end by it */
    public Planner(ProviderProfiles profiles, long epochMs) {
        this.profiles = profiles;
        this.epochMs = epochMs;
    }

    /**
     * Answers what a platform engineer asks.
     *
     * @param now one configuration for each workload of the load
     * @param whatIf the same with something changed; {@code null} for nothing
     * @param whatIfName what was changed, for people
     */
    public Plan plan(Load load, Configs now, Configs whatIf, String whatIfName) {
        var asIs = Variation.asOne(now.configs(), load.sidecars());
        var notes = new LinkedHashSet<>(load.notes());
        var ofNow = notes(load, now);
        notes.addAll(ofNow);
        var first = run(load, asIs);
        var variants = new ArrayList<Plan.Variant>();
        variants.add(new Plan.Variant("as it is", first));
        var binds = first.binds();
        if (binds != null && binds.limit() != null) {
            var more =
                    Variation.oneMoreAccount(asIs, binds.pool(), binds.limit().owner());
            if (!more.equals(asIs)) {
                variants.add(new Plan.Variant("one more account", run(load, more)));
            }
            variants.add(
                    new Plan.Variant("one tier up (limits x 2)", run(load, Variation.oneTierUp(asIs, binds.pool()))));
        }
        if (whatIf != null) {
            var changed = Variation.asOne(whatIf.configs(), load.sidecars());
            variants.add(new Plan.Variant("with " + whatIfName, true, run(load, changed)));
            if (changed.equals(asIs)) {
                notes.add(whatIfName
                        + " changes nothing that these calls meet: a manifest replaces the one of the same kind,"
                        + " name and namespace, and a new one counts where a route leads to it.");
            }
            notes(load, whatIf).stream()
                    .filter(note -> !ofNow.contains(note))
                    .forEach(note -> notes.add("With " + whatIfName + ": " + note));
        }
        return new Plan(load.lengthMs(), load.fleet(), variants, List.copyOf(notes));
    }

    private PlanResult run(Load load, List<SidecarConfig> configs) {
        return new PlanRun(profiles, load, REFUSAL_MS, epochMs).run(configs);
    }

    private Set<String> notes(Load load, Configs configs) {
        var notes = new LinkedHashSet<>(configs.notes());
        for (var config : configs.configs()) {
            for (var pool : config.pools()) {
                var limits = limits(pool);
                if (limits.isEmpty()) {
                    notes.add("Pool " + pool.id() + " has no limits in its manifests: its provider is taken to let"
                            + " everything in. spec.quotaGroups says what its accounts may use.");
                }
                var rule = profiles.get(pool.provider()).admission();
                if (load.maxTokensUnknown() && rule.charge() != Charge.EXPECTED && chargesTokens(limits)) {
                    notes.add(
                            "No record says max_tokens: no client set it, or the records are of an older version. Pool "
                                    + pool.id()
                                    + " would be charged it up front, and its token limits would bind earlier.");
                }
            }
        }
        return notes;
    }

    private static List<QuotaLimits> limits(PoolConfig pool) {
        return Stream.concat(
                        pool.quotaGroups().stream().flatMap(group -> group.limits().stream()),
                        pool.keys().stream().map(KeyConfig::limits).filter(Objects::nonNull))
                .toList();
    }

    /** Whether what a call may answer at most counts in any of them. */
    private static boolean chargesTokens(List<QuotaLimits> limits) {
        return limits.stream()
                .anyMatch(one -> one.tokensPerMinute() != null
                        || one.tokensPerDay() != null
                        || one.outputTokensPerMinute() != null);
    }
}
