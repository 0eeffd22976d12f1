package dev.fairlead.operator.manifest;

import dev.fairlead.operator.manifest.yaml.YamlReader;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** Reads manifests as a cluster would. Immutable and safe for every thread; one serves for the life of a process. */
public final class ManifestReader {
    private final Kinds kinds;
    private final YamlReader yaml = new YamlReader();

    public ManifestReader(Kinds kinds) {
        this.kinds = kinds;
    }

    /**
     * Reads files and folders. Never throws for what is in them, or for their not being there: all that is a finding.
     *
     * @param paths a folder stands for its {@code *.yaml}, {@code *.yml} and {@code *.json} files and those of its sub-folders,
     *     by name; hidden ones and kustomizations are left out
     * @param defaultNamespace where an object lives that names no namespace
     * @param environment the value of a variable, or null; fills {@code ${NAME}} in Secrets and ConfigMaps
     */
    public Manifests read(List<Path> paths, String defaultNamespace, Function<String, String> environment) {
        var reading = new ManifestReading(kinds, defaultNamespace, new EnvironmentText(environment));
        var files = new ManifestFiles(YamlReader.MAX_BYTES, reading::finding);
        for (var file : files.find(paths)) {
            files.read(file).ifPresent(bytes -> reading.file(file.toString(), yaml.read(bytes)));
        }
        return reading.result();
    }
}
