package dev.fairlead.operator.cli;

import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fairlead sidecar}: what runs in an injected container. */
@Command(
        name = "sidecar",
        hidden = true,
        description = {
            "Runs the sidecar of a pod: the entry point of the container that injection adds.",
            "Its settings are the variables that injection writes, FAIRLEAD_CONFIG_ADDRESS and others."
        },
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class)
final class SidecarCommand implements Callable<Integer> {
    private final UnaryOperator<String> environment;

    @Spec
    private CommandSpec spec;

    SidecarCommand(UnaryOperator<String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        return dev.fairlead.sidecar.Main.run(environment, spec.commandLine().getErr());
    }
}
