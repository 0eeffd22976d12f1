package dev.fairlead.operator.cli;

import dev.fairlead.operator.compile.Compiler;
import dev.fairlead.operator.compile.RedactedConfigs;
import dev.fairlead.operator.standalone.Admitted;
import dev.fairlead.operator.standalone.FolderCompiler;
import dev.fairlead.operator.standalone.ManifestFolder;
import dev.fairlead.sidecar.provider.ProviderProfiles;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fairlead compile DIR}: what a workload's sidecar would get. */
@Command(
        name = "compile",
        description = {
            "Prints what a workload's sidecar would get from a folder of manifests, keys as fingerprints.",
            "Findings go to standard error; exit code 1 when one of them is an error."
        },
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class)
final class CompileCommand implements Callable<Integer> {
    private final UnaryOperator<String> environment;

    @Parameters(paramLabel = "DIR", description = "Folder with manifests.")
    private Path folder;

    @Mixin
    private WorkloadOptions workload = new WorkloadOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "yaml",
            description = "yaml or json (default: ${DEFAULT-VALUE}).")
    private Format format;

    @Spec
    private CommandSpec spec;

    CompileCommand(UnaryOperator<String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var reading = new ManifestFolder(List.of(folder), workload.namespace(), environment).read();
        var compiler = new FolderCompiler(Compiler.standalone(ProviderProfiles.load()), workload.workload(folder));
        var result = compiler.compile(Admitted.first(reading), reading);
        var configs = new RedactedConfigs();
        spec.commandLine()
                .getOut()
                .print(format == Format.JSON ? configs.json(result.config()) : configs.yaml(result.config()));
        spec.commandLine().getOut().flush();
        result.issues().forEach(issue -> spec.commandLine().getErr().println(issue));
        return result.hasErrors() ? 1 : 0;
    }

    private enum Format {
        YAML,
        JSON
    }
}
