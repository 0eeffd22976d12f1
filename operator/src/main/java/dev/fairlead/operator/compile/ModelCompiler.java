package dev.fairlead.operator.compile;

import dev.fairlead.api.v1alpha1.KeyPoolRef;
import dev.fairlead.api.v1alpha1.RouteModel;
import dev.fairlead.api.v1alpha1.RouteTarget;
import dev.fairlead.operator.world.ConditionType;
import dev.fairlead.operator.world.ObjectRef;
import dev.fairlead.operator.world.Reason;
import dev.fairlead.sidecar.config.ModelConfig;
import dev.fairlead.sidecar.config.TargetConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The models of one route. A target that cannot be used is left out; a model of which none is left stays, so that its callers
 * hear {@code keys_unusable} and not that the model does not exist.
 */
final class ModelCompiler {
    private final ObjectRef route;
    private final Map<String, CompiledPool> pools;
    private final Set<ObjectRef> refused;
    private final Fields fields;

    ModelCompiler(ObjectRef route, Map<String, CompiledPool> pools, Set<ObjectRef> refused, Fields fields) {
        this.route = route;
        this.pools = pools;
        this.refused = refused;
        this.fields = fields;
    }

    List<ModelConfig> compile(List<RouteModel> written) {
        var models = new ArrayList<ModelConfig>();
        if (written.isEmpty()) {
            fields.invalid("spec.models", "is empty");
        }
        for (int i = 0; i < written.size(); i++) {
            var model = written.get(i) == null ? new RouteModel() : written.get(i);
            String path = "spec.models[" + i + "]";
            String name = fields.required(path + ".name", model.getName());
            if (name.isEmpty()) {
                continue;
            }
            var targets = targets(model.getTargets(), path);
            if (targets.isEmpty()) {
                fields.error(
                        ConditionType.RESOLVED_REFS,
                        Reason.NO_USABLE_TARGET,
                        path + ".targets",
                        "has no target that can be used: calls of model '" + name
                                + "' are answered with keys_unusable");
            }
            models.add(new ModelConfig(name, targets));
        }
        return models;
    }

    private List<TargetConfig> targets(List<RouteTarget> written, String modelPath) {
        var targets = new ArrayList<TargetConfig>();
        for (int i = 0; i < written.size(); i++) {
            String path = modelPath + ".targets[" + i + "]";
            var target = written.get(i) == null ? new RouteTarget() : written.get(i);
            var pool = pool(target.getKeyPoolRef(), path + ".keyPoolRef");
            String name = target.getName() == null ? "target-" + i : target.getName();
            int priority = fields.number(path + ".priority", target.getPriority(), 0, 0);
            int weight = fields.number(path + ".weight", target.getWeight(), 0, 1);
            pool.ifPresent(id -> targets.add(new TargetConfig(name, id, target.getModel(), priority, weight)));
        }
        targets.sort(Comparator.comparingInt(TargetConfig::priority));
        return targets;
    }

    /** The pool's {@code namespace/name} where it can be used from here. */
    private Optional<String> pool(KeyPoolRef ref, String path) {
        if (ref == null || ref.getName() == null) {
            fields.error(ConditionType.ACCEPTED, Reason.INVALID_FIELD, path, "names no KeyPool");
            return Optional.empty();
        }
        String namespace = ref.getNamespace() == null ? route.namespace() : ref.getNamespace();
        String id = namespace + "/" + ref.getName();
        var pool = pools.get(id);
        if (refused.contains(new ObjectRef("KeyPool", namespace, ref.getName()))) {
            return notAccepted(id, path);
        }
        if (pool == null || !pool.admittance().admits(route.namespace())) {
            fields.error(
                    ConditionType.RESOLVED_REFS,
                    Reason.REF_NOT_PERMITTED,
                    path,
                    "'" + id + "' is not available to namespace '" + route.namespace()
                            + "': it does not exist or its spec.allowedFrom does not include it");
            return Optional.empty();
        }
        return pool.config().isEmpty() ? notAccepted(id, path) : Optional.of(id);
    }

    private Optional<String> notAccepted(String id, String path) {
        fields.error(
                ConditionType.RESOLVED_REFS,
                Reason.REF_NOT_ACCEPTED,
                path,
                "'" + id + "' cannot be used: KeyPool " + id + " has an error of its own");
        return Optional.empty();
    }
}
