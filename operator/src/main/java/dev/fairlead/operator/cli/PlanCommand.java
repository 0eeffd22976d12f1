package dev.fairlead.operator.cli;

import dev.fairlead.operator.plan.PlanJson;
import dev.fairlead.operator.plan.PlanTable;
import dev.fairlead.operator.plan.PlannedFolder;
import dev.fairlead.operator.plan.Planner;
import dev.fairlead.operator.plan.load.Load;
import dev.fairlead.operator.plan.load.RecordedLoad;
import dev.fairlead.operator.world.Severity;
import dev.fairlead.sidecar.config.SidecarConfig;
import dev.fairlead.sidecar.provider.ProviderProfiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
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

/** {@code fairlead plan DIR}: would these keys carry that load? */
@Command(
        name = "plan",
        description = {
            "Makes recorded or described calls again on the pools of DIR, in virtual time and without a provider.",
            "Says whether they hold, how long calls wait, what binds first, and what one more account would change."
        },
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class)
final class PlanCommand implements Callable<Integer> {
    private static final int MOST_SIDECARS = 100_000;

    private final UnaryOperator<String> environment;

    @Parameters(paramLabel = "DIR", description = "Folder with manifests; keys need not be set.")
    private Path folder;

    @Option(
            names = "--records",
            paramLabel = "FILE",
            description =
                    "Call records, as 'fairlead run --records' writes them, to be made again. Repeatable: one of each sidecar.")
    private List<Path> records;

    @Mixin
    private LoadOptions described = new LoadOptions();

    @Option(
            names = "--scale",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many times as many calls (default: ${DEFAULT-VALUE}).")
    private double scale;

    @Option(
            names = "--sidecars",
            paramLabel = "N",
            description = {
                "Through how many sidecars the calls come: each has a waiting room of its own",
                "(default: as many as the records name pods; 1 where they name none)."
            })
    private Integer sidecars;

    @Option(
            names = "--what-if",
            paramLabel = "FILE",
            description = "Manifests to try besides: they replace those of the same name in DIR.")
    private Path whatIf;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = MomentConverter.class,
            description =
                    "When the plan begins, such as 2026-01-31T12:00:00Z: keys and approvals end by it (default: now).")
    private Instant at;

    @Option(names = "--json", description = "For programs instead of people.")
    private boolean json;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of everything that chance decides (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private WorkloadOptions workload = new WorkloadOptions();

    @Spec
    private CommandSpec spec;

    PlanCommand(UnaryOperator<String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws CommandFailure {
        check();
        var manifests = PlannedFolder.read(folder, whatIf, workload.namespace(), environment);
        var err = spec.commandLine().getErr();
        manifests.issues().forEach(err::println);
        if (manifests.issues().stream().anyMatch(issue -> issue.severity() == Severity.ERROR)) {
            throw new CommandFailure("a plan needs manifests without errors");
        }
        var profiles = ProviderProfiles.load();
        var load = load(manifests, profiles);
        var asIs = PlannedFolder.configs(manifests.admitted(), load.workloads(), profiles);
        asIs.issues().forEach(err::println);
        if (asIs.configs().stream().allMatch(config -> config.routes().isEmpty())) {
            throw new CommandFailure("no AIRoute in " + folder + " is open to the calls' namespaces");
        }
        var changed = manifests.whatIf() == null
                ? null
                : PlannedFolder.configs(manifests.whatIf(), load.workloads(), profiles);
        if (changed != null) {
            changed.issues().stream()
                    .filter(issue -> !asIs.issues().contains(issue))
                    .forEach(err::println);
        }
        var plan = new Planner(profiles, (at == null ? Instant.now() : at).toEpochMilli())
                .plan(
                        load,
                        asIs,
                        changed,
                        whatIf == null ? null : whatIf.getFileName().toString());
        spec.commandLine().getOut().print(json ? new PlanJson().of(plan) : PlanTable.of(plan));
        spec.commandLine().getOut().flush();
        return 0;
    }

    private void check() {
        var line = spec.commandLine();
        if ((records == null) == !described.given()) {
            throw new ParameterException(
                    line, "which calls? Give either --records FILE or --calls-per-minute N, not both");
        }
        if (!(scale > 0 && scale <= 1_000)) {
            throw new ParameterException(line, "--scale is " + scale + ": expected more than 0, at most 1000");
        }
        if (sidecars != null && !(sidecars > 0 && sidecars <= MOST_SIDECARS)) {
            throw new ParameterException(line, "--sidecars is " + sidecars + ": expected 1 to " + MOST_SIDECARS);
        }
        described.check(line);
    }

    /** Never one without calls: every pool would hold it. */
    private Load load(PlannedFolder manifests, ProviderProfiles profiles) throws CommandFailure {
        var load = read(manifests, profiles);
        if (load.calls().isEmpty()) {
            throw new CommandFailure(
                    records == null
                            ? "chance made no call at all of this load: it needs a longer --duration, more --calls-per-minute"
                                    + " or less --burstiness"
                            : "--scale " + scale + " leaves none of the recorded calls: there is nothing to plan");
        }
        try {
            return sidecars == null ? load : load.through(sidecars);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--sidecars is " + sidecars + ": " + e.getMessage(), e);
        }
    }

    private Load read(PlannedFolder manifests, ProviderProfiles profiles) throws CommandFailure {
        var own = workload.workload(folder);
        if (records == null) {
            var config = PlannedFolder.configs(manifests.admitted(), List.of(own), profiles)
                    .configs()
                    .get(0);
            return described.load(anyModel(config), scale).load(own, seed);
        }
        try {
            return new RecordedLoad(own).read(records, scale, seed);
        } catch (IOException e) {
            throw new CommandFailure(e.getMessage());
        }
    }

    /** The first model with a name of its own, for a load that names none. */
    private String anyModel(SidecarConfig config) throws CommandFailure {
        return config.routes().stream()
                .flatMap(route -> route.models().stream())
                .map(model -> model.name())
                .filter(name -> !name.contains("*"))
                .findFirst()
                .orElseThrow(() -> new CommandFailure("no AIRoute in " + folder + " is open to namespace '"
                        + workload.namespace() + "' and names a model: --model says which is called"));
    }
}
