package dev.fairlead.e2e;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives all tests one {@link Cluster} with the product installed. Without a cluster they are skipped, or fail where it is required. */
final class ClusterExtension implements ExecutionCondition, ParameterResolver {
    private static final Namespace OURS = Namespace.create(ClusterExtension.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (Settings.given()) {
            return ConditionEvaluationResult.enabled("a cluster and images");
        }
        if (Settings.required()) {
            throw new AssertionError("FAIRLEAD_REQUIRE contains cluster, but: " + Settings.NEEDED);
        }
        context.getRoot().getStore(OURS).getOrComputeIfAbsent("said", ignored -> {
            System.out.println("skipped: " + Settings.NEEDED);
            return true;
        });
        return ConditionEvaluationResult.disabled(Settings.NEEDED);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Cluster.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot().getStore(OURS).getOrComputeIfAbsent(Cluster.class, ignored -> Cluster.installed());
    }
}
