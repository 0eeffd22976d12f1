package dev.fairlead.operator.standalone;

import dev.fairlead.operator.manifest.Kinds;
import dev.fairlead.operator.manifest.ManifestReader;
import dev.fairlead.operator.manifest.Manifests;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** Manifests on disk, read against the CRDs of this build. Making one takes a moment; reading is safe on every thread. */
public final class ManifestFolder {
    private final ManifestReader reader = new ManifestReader(Kinds.fairlead());
    private final List<Path> paths;
    private final String defaultNamespace;
    private final UnaryOperator<String> environment;

    /**
     * @param paths files and folders
     * @param defaultNamespace where an object lives that names no namespace
     * @param environment fills {@code ${NAME}} in Secrets and ConfigMaps; {@code null} for what is not set
     */
    public ManifestFolder(List<Path> paths, String defaultNamespace, UnaryOperator<String> environment) {
        this.paths = List.copyOf(paths);
        this.defaultNamespace = defaultNamespace;
        this.environment = environment;
    }

    /** Reads everything anew. Never fails: what cannot be read is a finding. */
    public Manifests read() {
        return reader.read(paths, defaultNamespace, environment);
    }

    /** What is read. */
    public List<Path> paths() {
        return paths;
    }
}
