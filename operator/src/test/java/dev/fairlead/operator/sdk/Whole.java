package dev.fairlead.operator.sdk;

import dev.fairlead.operator.compile.Compiler;
import dev.fairlead.operator.simulate.Simulator;
import dev.fairlead.operator.simulate.SimulatorOptions;
import dev.fairlead.operator.standalone.FolderCompiler;
import dev.fairlead.operator.standalone.FolderRun;
import dev.fairlead.operator.standalone.ManifestFolder;
import dev.fairlead.operator.world.Workload;
import dev.fairlead.sidecar.Sidecar;
import dev.fairlead.sidecar.SidecarOptions;
import dev.fairlead.sidecar.provider.ProviderProfiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Everything between an SDK and a simulated provider, from the manifests that users start from. */
final class Whole implements AutoCloseable {
    private static final Path EXAMPLES = Path.of("..", "examples", "quickstart");

    final Simulator provider;
    final Sidecar sidecar;
    private final FolderRun run;

    /** @param records where call records go */
    Whole(Path folder, Path records, int loops) throws Exception {
        provider = Simulator.start(SimulatorOptions.onFreePort());
        try (var files = Files.newDirectoryStream(EXAMPLES, "*.yaml")) {
            for (var file : files) {
                var text = Files.readString(file).replace("http://127.0.0.1:15090", provider.url());
                Files.writeString(folder.resolve(file.getFileName()), text);
            }
        }
        var manifests = new ManifestFolder(List.of(folder), "default", name -> null);
        var workload = new Workload("default", "Deployment/app", "default", Map.of());
        run = FolderRun.open(
                manifests.paths(),
                manifests::read,
                new FolderCompiler(Compiler.standalone(ProviderProfiles.load()), workload));
        sidecar = Sidecar.start(
                new SidecarOptions("127.0.0.1", 0, "127.0.0.1", 0, loops, records.toString(), 2_000, name -> null));
        sidecar.apply(run.first().config());
    }

    /** As an application would be told: {@code OPENAI_BASE_URL}. */
    String openAiUrl() {
        return "http://127.0.0.1:" + sidecar.dataPort() + "/v1";
    }

    /** Calls that the provider let in, over all accounts. */
    long admitted() {
        long sum = 0;
        for (var account : provider.stats().path("accounts")) {
            sum += account.path("admitted").asLong();
        }
        return sum;
    }

    @Override
    public void close() {
        run.close();
        sidecar.close();
        provider.close();
    }
}
