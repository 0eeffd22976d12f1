package dev.fairlead.api.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives the tests of a process one {@link ApiServer}. Where its binaries are missing such tests are skipped, which is said
 * once; they fail instead where {@code FAIRLEAD_REQUIRE} contains {@code apiserver}.
 */
public final class ApiServerExtension implements ExecutionCondition, ParameterResolver {
    private static final Namespace OURS = Namespace.create(ApiServerExtension.class);

    private static final Path BINARIES = ApiServer.KUBE_API_TEST.resolve("k8s");

    private static final String NEEDED = "tests against a real API server need etcd, kube-apiserver and kubectl in "
            + BINARIES.resolve(ApiServer.VERSION + "-<os>-<arch>");

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (installed()) {
            return ConditionEvaluationResult.enabled("installed");
        }
        if (required()) {
            throw new AssertionError("FAIRLEAD_REQUIRE contains apiserver, but it is not there: " + NEEDED);
        }
        store(context).getOrComputeIfAbsent("said", ignored -> {
            System.out.println("skipped: " + NEEDED);
            return true;
        });
        return ConditionEvaluationResult.disabled(NEEDED);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == ApiServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return store(context).getOrComputeIfAbsent(ApiServer.class, ignored -> ApiServer.start());
    }

    /** Of the whole process: where classes run in several, each class is a run of its own. */
    private static ExtensionContext.Store store(ExtensionContext context) {
        return context.getStore(StoreScope.LAUNCHER_SESSION, OURS);
    }

    private static boolean required() {
        return List.of(System.getenv().getOrDefault("FAIRLEAD_REQUIRE", "").split("[, ]+"))
                .contains("apiserver");
    }

    private static boolean installed() {
        if (!Files.isDirectory(BINARIES)) {
            return false;
        }
        try (Stream<Path> versions = Files.list(BINARIES)) {
            return versions.anyMatch(version -> version.getFileName().toString().startsWith(ApiServer.VERSION + "-"));
        } catch (IOException e) {
            throw new IllegalStateException("cannot list " + BINARIES, e);
        }
    }
}
