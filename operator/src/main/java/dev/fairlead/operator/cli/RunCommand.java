package dev.fairlead.operator.cli;

import dev.fairlead.operator.compile.Compiler;
import dev.fairlead.operator.standalone.FolderCompiler;
import dev.fairlead.operator.standalone.FolderResult;
import dev.fairlead.operator.standalone.FolderRun;
import dev.fairlead.operator.standalone.ManifestFolder;
import dev.fairlead.sidecar.Sidecar;
import dev.fairlead.sidecar.SidecarOptions;
import dev.fairlead.sidecar.config.ConfigException;
import dev.fairlead.sidecar.provider.ProviderProfiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fairlead run DIR}: a sidecar from a folder of manifests. */
@Command(
        name = "run",
        description = {
            "Runs a sidecar from a folder of manifests: exactly the YAML that a cluster gets.",
            "Prints 'ready URL' when calls are served, and applies every change of the folder within a second."
        },
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class)
final class RunCommand implements Callable<Integer> {
    private static final long LOOK_EVERY_MS = 250;

    private final UnaryOperator<String> environment;
    private final Lifetime lifetime;

    @Parameters(
            paramLabel = "DIR",
            description = "Folder with AIRoutes, KeyPools, Tenants, Subscriptions, Secrets, ConfigMaps, Namespaces.")
    private Path folder;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:15080",
            converter = HostPort.Converter.class,
            description = "Where calls are taken; port 0 picks one (default: ${DEFAULT-VALUE}).")
    private HostPort listen;

    @Option(
            names = "--admin",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:15081",
            converter = HostPort.Converter.class,
            description = "Where health and metrics are served; port 0 picks one (default: ${DEFAULT-VALUE}).")
    private HostPort admin;

    @Mixin
    private WorkloadOptions workload = new WorkloadOptions();

    @Option(
            names = "--records",
            paramLabel = "FILE",
            description = "Writes one JSON line for each call to this file, '-' for standard output.")
    private String records;

    @Option(
            names = "--event-loops",
            paramLabel = "N",
            defaultValue = "1",
            description = "Threads that carry calls (default: ${DEFAULT-VALUE}).")
    private int eventLoops;

    @Option(
            names = "--drain-timeout",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = DurationConverter.class,
            description = "How long running calls may go on at the end (default: ${DEFAULT-VALUE}).")
    private Duration drainTimeout;

    @Spec
    private CommandSpec spec;

    RunCommand(UnaryOperator<String> environment, Lifetime lifetime) {
        this.environment = environment;
        this.lifetime = lifetime;
    }

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        if (eventLoops < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--event-loops is " + eventLoops + ": at least 1 is needed");
        }
        var manifests = new ManifestFolder(List.of(folder), workload.namespace(), environment);
        var compiler = new FolderCompiler(Compiler.standalone(ProviderProfiles.load()), workload.workload(folder));
        var run = FolderRun.open(manifests.paths(), manifests::read, compiler);
        var first = run.first();
        first.issues().forEach(issue -> spec.commandLine().getErr().println(issue));
        if (first.hasErrors() && !first.isUsable()) {
            run.close();
            throw new CommandFailure("nothing in " + folder + " can be used");
        }
        var sidecar = start();
        apply(sidecar, first);
        run.follow(sidecar::apply, LOOK_EVERY_MS);
        sayReady(sidecar, first);
        lifetime.await(() -> {
            run.close();
            sidecar.close();
        });
        return 0;
    }

    private Sidecar start() throws CommandFailure {
        try {
            return Sidecar.start(new SidecarOptions(
                    listen.host(),
                    listen.port(),
                    admin.host(),
                    admin.port(),
                    eventLoops,
                    records,
                    drainTimeout.toMillis(),
                    environment));
        } catch (IOException e) {
            throw new CommandFailure(
                    "cannot start on " + listen.url() + " with admin on " + admin.url() + ": " + e.getMessage());
        }
    }

    private static void apply(Sidecar sidecar, FolderResult first) throws CommandFailure {
        try {
            sidecar.apply(first.config());
        } catch (ConfigException e) {
            sidecar.close();
            throw new CommandFailure("the sidecar cannot use this configuration: " + e.getMessage());
        }
    }

    private void sayReady(Sidecar sidecar, FolderResult first) {
        var commandLine = spec.commandLine();
        if (!first.isUsable()) {
            commandLine
                    .getErr()
                    .println("no AIRoute in " + folder + " is open to namespace '" + workload.namespace()
                            + "': calls will hear model_not_found (--namespace says whose workload this is)");
        }
        commandLine
                .getOut()
                .println("ready " + listen.withPort(sidecar.dataPort()).url());
    }
}
