package dev.fairlead.operator.cli;

import dev.fairlead.operator.compile.Compiler;
import dev.fairlead.operator.standalone.Admitted;
import dev.fairlead.operator.standalone.Issue;
import dev.fairlead.operator.standalone.ManifestFolder;
import dev.fairlead.operator.standalone.ManifestWorld;
import dev.fairlead.operator.world.Severity;
import dev.fairlead.sidecar.provider.ProviderProfiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fairlead validate PATH...}: schemas, rules and references, without a cluster. */
@Command(
        name = "validate",
        description = {
            "Checks manifests as a cluster would, and what they refer to.",
            "Prints 'file:line kind namespace/name path: message' for each finding; exit code 1 when one is an error."
        },
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class)
final class ValidateCommand implements Callable<Integer> {
    private final UnaryOperator<String> environment;

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "Files and folders, checked together.")
    private List<Path> paths;

    @Option(
            names = "--namespace",
            paramLabel = "NS",
            defaultValue = "default",
            description = "Namespace of objects that name none (default: ${DEFAULT-VALUE}).")
    private String namespace;

    @Spec
    private CommandSpec spec;

    ValidateCommand(UnaryOperator<String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var unset = new TreeSet<String>();
        var reading = new ManifestFolder(paths, namespace, name -> valueOf(name, unset)).read();
        var admitted = Admitted.first(reading);
        var world = new ManifestWorld().of(admitted, List.of());
        var compilation = Compiler.standalone(ProviderProfiles.load()).compile(world);
        var issues = Issue.of(reading.findings(), compilation.diagnostics(), admitted);
        var out = spec.commandLine().getOut();
        issues.forEach(out::println);
        long errors = count(issues, Severity.ERROR);
        out.println((errors == 0 ? "ok: " : "") + summary(admitted, issues, errors, unset));
        return errors == 0 ? 0 : 1;
    }

    /** Keys are set where it runs, seldom where it is checked: a variable that is not set here is no error. */
    private String valueOf(String name, Set<String> unset) {
        String value = environment.apply(name);
        if (value == null || value.isEmpty()) {
            unset.add(name);
            return "unset-" + name;
        }
        return value;
    }

    private static String summary(Admitted admitted, List<Issue> issues, long errors, Set<String> unset) {
        return plural(admitted.size(), "object") + ", "
                + plural(errors, "error") + ", "
                + plural(count(issues, Severity.WARNING), "warning")
                + (unset.isEmpty() ? "" : "; not set here: " + String.join(", ", unset));
    }

    private static long count(List<Issue> issues, Severity severity) {
        return issues.stream().filter(issue -> issue.severity() == severity).count();
    }

    private static String plural(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
