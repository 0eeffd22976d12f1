package dev.fairlead.operator.reconcile;

import dev.fairlead.operator.rollout.Rollout;
import dev.fairlead.operator.rollout.RolloutSource;
import dev.fairlead.operator.world.Diagnostic;
import dev.fairlead.operator.world.ObjectRef;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The latest rollout, object by object; put in order once for each rollout. Safe on every thread. */
final class Reports {
    private final RolloutSource rollouts;
    private volatile Index index;

    Reports(RolloutSource rollouts) {
        this.rollouts = rollouts;
    }

    /** Empty where no rollout contains the object as it is now, or a later one of it. */
    <R extends HasMetadata> Optional<Report<R>> of(R object) {
        return rollouts.latest()
                .flatMap(rollout -> indexOf(rollout).find(object))
                .filter(report -> report.isAbout(object) && report.generation() >= generation(object));
    }

    private static long generation(HasMetadata object) {
        Long generation = object.getMetadata().getGeneration();
        return generation == null ? 0 : generation;
    }

    private Index indexOf(Rollout rollout) {
        var known = index;
        if (known == null || known.rollout.number() != rollout.number()) {
            known = new Index(rollout);
            index = known;
        }
        return known;
    }

    private static final class Index {
        private final Rollout rollout;
        private final Map<ObjectRef, HasMetadata> objects = new HashMap<>();
        private final Map<ObjectRef, List<Diagnostic>> findings = new HashMap<>();

        Index(Rollout rollout) {
            this.rollout = rollout;
            var world = rollout.world();
            Stream.<List<? extends HasMetadata>>of(
                            world.keyPools(), world.routes(), world.tenants(), world.subscriptions())
                    .flatMap(List::stream)
                    .forEach(object -> objects.put(ObjectRef.of(object), object));
            rollout.compilation()
                    .diagnostics()
                    .forEach(finding -> findings.computeIfAbsent(finding.object(), object -> new ArrayList<>())
                            .add(finding));
        }

        @SuppressWarnings("unchecked") // the kind is part of the reference
        <R extends HasMetadata> Optional<Report<R>> find(R object) {
            var ref = ObjectRef.of(object);
            var compiled = objects.get(ref);
            var generation = rollout.generations().get(ref);
            return compiled == null || generation == null
                    ? Optional.empty()
                    : Optional.of(new Report<>((R) compiled, generation, findings, rollout));
        }
    }
}
