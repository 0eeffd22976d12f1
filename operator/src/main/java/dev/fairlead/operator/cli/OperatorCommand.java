package dev.fairlead.operator.cli;

import dev.fairlead.operator.cluster.ClusterClient;
import dev.fairlead.operator.control.ControlPlane;
import dev.fairlead.operator.control.OperatorSettings;
import dev.fairlead.operator.inject.InjectionSettings;
import dev.fairlead.operator.peer.PeerResolver;
import io.fabric8.kubernetes.client.Config;
import java.security.Security;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fairlead operator}: a replica of the control plane, in the pod that the chart describes. */
@Command(
        name = "operator",
        description = {
            "Runs a replica of the operator: the entry point of its container.",
            "Everything is set by environment variables, which the Helm chart writes."
        },
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class)
final class OperatorCommand implements Callable<Integer> {
    /** Warns at every start that v1alpha1 is no stable version; held, as the JDK forgets the level of a logger that nobody holds. */
    private static final Logger VERSIONS =
            Logger.getLogger("io.fabric8.kubernetes.client.dsl.internal.VersionUsageUtils");

    private final UnaryOperator<String> environment;
    private final Lifetime lifetime;

    @Spec
    private CommandSpec spec;

    OperatorCommand(UnaryOperator<String> environment, Lifetime lifetime) {
        this.environment = environment;
        this.lifetime = lifetime;
    }

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        VERSIONS.setLevel(Level.SEVERE);
        // Replicas come and go: a name that was looked up half a minute ago says little about them.
        Security.setProperty("networkaddress.cache.ttl", "1");
        Security.setProperty("networkaddress.cache.negative.ttl", "1");
        OperatorSettings settings;
        InjectionSettings injection;
        try {
            settings = OperatorSettings.fromEnvironment(environment);
            injection = InjectionSettings.fromEnvironment(environment);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(e.getMessage());
        }
        try (var client = ClusterClient.connect(Config.autoConfigure(null))) {
            var plane = new ControlPlane(client, settings, injection, PeerResolver.dns(settings.configHost()));
            plane.start();
            spec.commandLine().getOut().println("started " + settings.podName());
            lifetime.await(plane::close);
        }
        return 0;
    }
}
