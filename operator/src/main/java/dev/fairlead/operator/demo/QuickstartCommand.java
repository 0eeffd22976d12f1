package dev.fairlead.operator.demo;

import dev.fairlead.operator.compile.Compiler;
import dev.fairlead.operator.simulate.Simulator;
import dev.fairlead.operator.simulate.SimulatorOptions;
import dev.fairlead.operator.simulate.profile.ProfileException;
import dev.fairlead.operator.simulate.profile.ProfileReader;
import dev.fairlead.operator.standalone.FolderCompiler;
import dev.fairlead.operator.standalone.FolderRun;
import dev.fairlead.operator.standalone.ManifestFolder;
import dev.fairlead.operator.world.Workload;
import dev.fairlead.sidecar.Sidecar;
import dev.fairlead.sidecar.SidecarOptions;
import dev.fairlead.sidecar.config.ConfigException;
import dev.fairlead.sidecar.provider.ProviderProfiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fairlead quickstart DIR}: what {@code bin/quickstart} runs after building. */
@Command(
        name = "quickstart",
        hidden = true,
        mixinStandardHelpOptions = true,
        description =
                "Shows a burst that no single key could carry being answered: simulator and sidecar in one process.")
public final class QuickstartCommand implements Callable<Integer> {
    private static final String LOOPBACK = "127.0.0.1";
    private static final String PROVIDER_IN_EXAMPLES = "http://127.0.0.1:15090";
    private static final int SIMULATOR_PORT = 15_090;
    private static final int DATA_PORT = 15_080;
    private static final int ADMIN_PORT = 15_081;
    private static final long LOOK_EVERY_MS = 250;
    private static final long CLOSING_SECONDS = 10;

    @Parameters(index = "0", paramLabel = "DIR", description = "Folder with manifests.")
    private Path folder;

    @Parameters(index = "1", paramLabel = "PROFILE", description = "What the simulated provider is like.")
    private Path profileFile;

    @Option(names = "--once", description = "Ends after the table, with the demonstration's result as exit code.")
    private boolean once;

    @Option(names = "--calls", defaultValue = "90", description = "Calls in the burst (default: ${DEFAULT-VALUE}).")
    private int calls;

    @Spec
    private CommandSpec spec;

    private final CountDownLatch told = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public Integer call() throws IOException, InterruptedException, ConfigException, ProfileException {
        var out = spec.commandLine().getOut();
        var profile = new ProfileReader().read(profileFile);
        try (var simulator = Simulator.start(SimulatorOptions.onFreePort()
                .withListen(LOOPBACK, freeOr(SIMULATOR_PORT))
                .withProfile(profile))) {
            try (var manifests = PointedManifests.of(folder, PROVIDER_IN_EXAMPLES, simulator.url());
                    var run = open(manifests.folder());
                    var sidecar = start()) {
                sidecar.apply(run.first().config());
                run.follow(sidecar::apply, LOOK_EVERY_MS);
                return demonstrate(simulator, sidecar, manifests.folder(), out);
            }
        } finally {
            closed.countDown();
        }
    }

    /** The process waits for this: what was started is closed by the thread that started it. */
    private void end() {
        told.countDown();
        try {
            closed.await(CLOSING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int demonstrate(Simulator simulator, Sidecar sidecar, Path manifests, PrintWriter out)
            throws InterruptedException {
        var url = "http://" + LOOPBACK + ":" + sidecar.dataPort();
        out.println(
                "provider   " + simulator.url() + " (simulated: three accounts, another consumer drains each of them)");
        out.println("sidecar    " + url + " on " + manifests);
        out.println("burst      " + calls + " calls at once; one account alone lets in 10, then one a second ...");
        out.flush();
        long started = System.nanoTime();
        var burst = new Burst(url).send(calls);
        double seconds = (System.nanoTime() - started) / 1e9;
        boolean kept = new Demonstration(out).report(burst, ProviderBooks.of(simulator.stats()), seconds);
        if (once) {
            return kept ? 0 : 1;
        }
        out.println();
        out.println("Still running; try it (Ctrl-C ends it):");
        out.println("  curl " + url + "/v1/chat/completions -H 'content-type: application/json' \\");
        out.println("    -d '{\"model\": \"gpt-4o-mini\", \"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]}'");
        out.println("  curl http://" + LOOPBACK + ":" + sidecar.adminPort() + "/debug/keys");
        out.flush();
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "quickstart-end"));
        told.await();
        return 0;
    }

    private FolderRun open(Path manifests) {
        var read = new ManifestFolder(List.of(manifests), "default", name -> null);
        var workload = new Workload("default", "Deployment/quickstart", "default", Map.of());
        var run = FolderRun.open(
                read.paths(), read::read, new FolderCompiler(Compiler.standalone(ProviderProfiles.load()), workload));
        run.first().issues().forEach(issue -> spec.commandLine().getErr().println(issue));
        return run;
    }

    private static Sidecar start() throws IOException {
        return Sidecar.start(new SidecarOptions(
                LOOPBACK, freeOr(DATA_PORT), LOOPBACK, freeOr(ADMIN_PORT), 1, null, 2_000, name -> null));
    }

    private static int freeOr(int port) {
        try (var probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            return 0;
        }
    }
}
