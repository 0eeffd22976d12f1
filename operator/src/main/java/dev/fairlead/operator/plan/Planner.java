package dev.fairlead.operator.plan;

import dev.fairlead.operator.plan.load.Load;
import dev.fairlead.sidecar.config.SidecarConfig;
import dev.fairlead.sidecar.provider.ProviderProfiles;
import java.util.ArrayList;
import java.util.List;

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
     * @param configs one for each workload of the load
     * @param whatIf the same with something changed; {@code null} for nothing
     * @param whatIfName what was changed, for people
     */
    public Plan plan(Load load, List<SidecarConfig> configs, List<SidecarConfig> whatIf, String whatIfName) {
        var asIs = Variation.shareless(configs);
        var first = run(load, asIs);
        var variants = new ArrayList<Plan.Variant>();
        variants.add(new Plan.Variant("as it is", first));
        var binds = first.binds();
        if (binds != null && binds.limit() != null) {
            var more =
                    Variation.oneMoreAccount(asIs, binds.pool(), binds.limit().owner());
            variants.add(new Plan.Variant("one more account", run(load, more)));
            variants.add(
                    new Plan.Variant("one tier up (limits x 2)", run(load, Variation.oneTierUp(asIs, binds.pool()))));
        }
        if (whatIf != null) {
            variants.add(new Plan.Variant("with " + whatIfName, run(load, Variation.shareless(whatIf))));
        }
        return new Plan(load.lengthMs(), variants, notes(load, asIs));
    }

    private PlanResult run(Load load, List<SidecarConfig> configs) {
        return new PlanRun(profiles, load, REFUSAL_MS, epochMs).run(configs);
    }

    private static List<String> notes(Load load, List<SidecarConfig> configs) {
        var notes = new ArrayList<>(load.notes());
        configs.stream()
                .flatMap(config -> config.pools().stream())
                .filter(pool -> pool.quotaGroups().stream()
                        .allMatch(group -> group.limits().isEmpty()))
                .map(pool -> "Pool " + pool.id() + " has no limits in its manifests: its provider is taken to let"
                        + " everything in. spec.quotaGroups says what its accounts may use.")
                .distinct()
                .forEach(notes::add);
        return notes;
    }
}
