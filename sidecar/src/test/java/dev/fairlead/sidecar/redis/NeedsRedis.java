package dev.fairlead.sidecar.redis;

import java.io.File;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Skips tests where there is no {@code redis-server}, which is said once; they fail instead where {@code FAIRLEAD_REQUIRE} contains
 * {@code redis}.
 */
public final class NeedsRedis implements ExecutionCondition {
    private static final Namespace OURS = Namespace.create(NeedsRedis.class);
    private static final String NEEDED =
            "tests of shared limits need redis-server in the path (apt-get install redis-server)";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (installed()) {
            return ConditionEvaluationResult.enabled("installed");
        }
        if (List.of(System.getenv().getOrDefault("FAIRLEAD_REQUIRE", "").split("[, ]+"))
                .contains("redis")) {
            throw new AssertionError("FAIRLEAD_REQUIRE contains redis, but it is not there: " + NEEDED);
        }
        context.getRoot().getStore(OURS).getOrComputeIfAbsent("said", ignored -> {
            System.out.println("skipped: " + NEEDED);
            return true;
        });
        return ConditionEvaluationResult.disabled(NEEDED);
    }

    private static boolean installed() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> new File(folder, "redis-server").canExecute());
    }
}
