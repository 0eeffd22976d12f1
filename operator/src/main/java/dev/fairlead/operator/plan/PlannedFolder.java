package dev.fairlead.operator.plan;

import dev.fairlead.operator.compile.Compiler;
import dev.fairlead.operator.standalone.Admitted;
import dev.fairlead.operator.standalone.Issue;
import dev.fairlead.operator.standalone.ManifestFolder;
import dev.fairlead.operator.standalone.ManifestWorld;
import dev.fairlead.operator.world.Workload;
import dev.fairlead.sidecar.config.SidecarConfig;
import dev.fairlead.sidecar.provider.ProviderProfiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The manifests that are planned with, and those of a what-if laid over them.
 *
 * @param issues what there is to say about them, in the order of files and lines
 */
public record PlannedFolder(Admitted admitted, Admitted whatIf, List<Issue> issues) {
    /**
     * Reads a folder.
     *
     * @param whatIf a file or folder whose objects replace those of the same name; {@code null} for none
     * @param environment fills in the keys; planning makes do without them
     */
    public static PlannedFolder read(Path folder, Path whatIf, String namespace, UnaryOperator<String> environment) {
        UnaryOperator<String> keys = name -> valueOf(name, environment);
        var reading = new ManifestFolder(List.of(folder), namespace, keys).read();
        var admitted = Admitted.first(reading);
        var issues = new ArrayList<>(Issue.of(reading.findings(), List.of(), admitted));
        if (whatIf == null) {
            return new PlannedFolder(admitted, null, issues);
        }
        var changes = new ManifestFolder(List.of(whatIf), namespace, keys).read();
        issues.addAll(Issue.of(changes.findings(), List.of(), Admitted.first(changes)));
        return new PlannedFolder(admitted, admitted.with(changes), issues);
    }

    /** A key that is not set here is still a key: another one than every other. */
    private static String valueOf(String name, UnaryOperator<String> environment) {
        var value = environment.apply(name);
        return value == null || value.isEmpty() ? "unset-" + name : value;
    }

    /**
     * What the workloads' sidecars would get.
     *
     * @param configs one for each workload, in order
     * @param issues what the compiler has to say
     * @param notes what to know when reading a plan of them
     */
    public record Configs(List<SidecarConfig> configs, List<Issue> issues, List<String> notes) {
        public Configs {
            configs = List.copyOf(configs);
            issues = List.copyOf(issues);
            notes = List.copyOf(notes);
        }
    }

    /** Compiles {@link #admitted} or {@link #whatIf}. A key that a pool names but that no Secret holds is made up. */
    public static Configs configs(Admitted admitted, List<Workload> workloads, ProviderProfiles profiles) {
        var world = new ManifestWorld().of(admitted, workloads);
        var keys = StandInKeys.of(world);
        var compilation = new Compiler(profiles).compile(world.withSecrets(keys));
        return new Configs(
                workloads.stream()
                        .map(workload -> compilation.configs().get(workload))
                        .toList(),
                Issue.of(List.of(), compilation.diagnostics(), admitted),
                keys.notes());
    }
}
