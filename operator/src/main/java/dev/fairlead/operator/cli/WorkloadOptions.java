package dev.fairlead.operator.cli;

import dev.fairlead.operator.world.Workload;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Whose sidecar it is. */
final class WorkloadOptions {
    @Option(
            names = "--namespace",
            paramLabel = "NS",
            defaultValue = "default",
            description = "Namespace of the workload, and of objects that name none (default: ${DEFAULT-VALUE}).")
    private String namespace;

    @Option(
            names = "--service-account",
            paramLabel = "SA",
            defaultValue = "default",
            description = "ServiceAccount of the workload (default: ${DEFAULT-VALUE}).")
    private String serviceAccount;

    @Option(names = "--labels", paramLabel = "K=V", split = ",", description = "Labels of the workload.")
    private Map<String, String> labels = new TreeMap<>();

    String namespace() {
        return namespace;
    }

    /** The workload; in records it is called after the folder that it was started on. */
    Workload workload(Path folder) {
        var name = folder.toAbsolutePath().normalize().getFileName();
        return new Workload(
                namespace, "Standalone/" + (name == null ? "root" : name), serviceAccount, Map.copyOf(labels));
    }
}
