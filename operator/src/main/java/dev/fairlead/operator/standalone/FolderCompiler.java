package dev.fairlead.operator.standalone;

import dev.fairlead.operator.compile.Compiler;
import dev.fairlead.operator.manifest.Manifests;
import dev.fairlead.operator.world.Workload;
import java.util.List;

/** From a reading of manifests to what one workload's sidecar gets. Stateless. */
public final class FolderCompiler {
    private final Compiler compiler;
    private final ManifestWorld worlds = new ManifestWorld();
    private final Workload workload;

    /** @param workload whose configuration is wanted */
    public FolderCompiler(Compiler compiler, Workload workload) {
        this.compiler = compiler;
        this.workload = workload;
    }

    /** Compiles the objects that count; {@code reading} is the latest of the readings behind them. */
    public FolderResult compile(Admitted admitted, Manifests reading) {
        var compilation = compiler.compile(worlds.of(admitted, List.of(workload)));
        return new FolderResult(
                admitted,
                compilation.configs().get(workload),
                Issue.of(reading.findings(), compilation.diagnostics(), admitted));
    }
}
