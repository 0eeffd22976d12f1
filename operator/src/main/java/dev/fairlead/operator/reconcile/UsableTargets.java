package dev.fairlead.operator.reconcile;

import dev.fairlead.api.v1alpha1.AIRoute;
import dev.fairlead.api.v1alpha1.KeyPoolRef;
import dev.fairlead.api.v1alpha1.RouteModel;
import dev.fairlead.operator.world.ConditionType;
import dev.fairlead.operator.world.Diagnostic;
import dev.fairlead.operator.world.ObjectRef;
import dev.fairlead.operator.world.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How much of an accepted route can be called.
 *
 * @param models those with a target
 * @param targets those that were compiled and whose pool has a key to call with
 * @param silent models without a target although all their references are good: their pools have no key
 */
record UsableTargets(int models, int targets, List<String> silent) {
    static final UsableTargets NONE = new UsableTargets(0, 0, List.of());

    UsableTargets {
        silent = List.copyOf(silent);
    }

    static UsableTargets of(Report<AIRoute> report) {
        var broken = paths(report.findings());
        int models = 0;
        int targets = 0;
        var silent = new ArrayList<String>();
        var written = report.object().getSpec().getModels();
        for (int i = 0; i < written.size(); i++) {
            String path = "spec.models[" + i + "].targets";
            int usable = usable(written.get(i), path, report, broken);
            targets += usable;
            models += usable > 0 ? 1 : 0;
            if (usable == 0 && !broken.contains(path)) {
                silent.add(written.get(i).getName());
            }
        }
        return new UsableTargets(models, targets, silent);
    }

    private static int usable(RouteModel model, String path, Report<AIRoute> report, Set<String> broken) {
        String home = report.object().getMetadata().getNamespace();
        int usable = 0;
        for (int i = 0; i < model.getTargets().size(); i++) {
            var pool = pool(model.getTargets().get(i).getKeyPoolRef(), home);
            if (!broken.contains(path + "[" + i + "].keyPoolRef")
                    && !report.hasFinding(pool, ConditionType.KEYS_AVAILABLE)) {
                usable++;
            }
        }
        return usable;
    }

    /** Where a target's calls are paid; {@code null} for nowhere. */
    static ObjectRef pool(KeyPoolRef ref, String home) {
        return ref == null
                ? null
                : new ObjectRef("KeyPool", ref.getNamespace() == null ? home : ref.getNamespace(), ref.getName());
    }

    private static Set<String> paths(List<Diagnostic> findings) {
        return findings.stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .map(Diagnostic::path)
                .collect(Collectors.toSet());
    }
}
