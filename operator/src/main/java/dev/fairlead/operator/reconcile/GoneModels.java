package dev.fairlead.operator.reconcile;

import dev.fairlead.api.v1alpha1.AIRoute;
import dev.fairlead.operator.world.ObjectRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The targets of a route whose provider has told sidecars that it has their model no longer. Only models that the route itself
 * names: what clients choose where it takes any is nobody's to mend here.
 */
record GoneModels(List<Target> targets) {
    GoneModels {
        targets = List.copyOf(targets);
    }

    /** Empty as long as what was known before still counts. */
    static Optional<GoneModels> of(AIRoute route, Standings standings) {
        Map<ObjectRef, Optional<List<String>>> known = new HashMap<>();
        var gone = new ArrayList<Target>();
        var models = route.getSpec().getModels();
        for (int i = 0; i < models.size(); i++) {
            var targets = models.get(i).getTargets();
            for (int j = 0; j < targets.size(); j++) {
                var target = targets.get(j);
                var pool = UsableTargets.pool(
                        target.getKeyPoolRef(), route.getMetadata().getNamespace());
                var sends = target.getModel() == null ? models.get(i).getName() : target.getModel();
                var said = pool == null ? Optional.of(List.<String>of()) : known.computeIfAbsent(pool, standings::gone);
                if (said.isEmpty()) {
                    return Optional.empty();
                }
                if (said.get().contains(sends)) {
                    gone.add(new Target("spec.models[" + i + "].targets[" + j + "]", sends, pool.id()));
                }
            }
        }
        return Optional.of(new GoneModels(gone));
    }

    boolean isEmpty() {
        return targets.isEmpty();
    }

    String message() {
        var first = targets.get(0);
        var others = targets.size() == 1 ? "" : " (and " + (targets.size() - 1) + " more)";
        return first.path + others + ": the provider of KeyPool '" + first.pool + "' says that model '" + first.model
                + "' is gone. Calls go to the other targets, or are answered with model_not_found. Name a model that the "
                + "provider has, or remove the target.";
    }

    /**
     * One of them.
     *
     * @param path where it stands
     * @param model as it is sent
     * @param pool {@code namespace/name}
     */
    record Target(String path, String model, String pool) {}
}
