package dev.fairlead.operator.cli;

import dev.fairlead.operator.demo.QuickstartCommand;
import dev.fairlead.operator.simulate.SimulateCommand;
import java.io.PrintWriter;
import java.util.function.UnaryOperator;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line as a whole: which commands there are, and how errors look. */
@Command(
        name = "fairlead",
        description = "Any workload, any AI model, one API on localhost, over a pool of provider keys.",
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 0 done, 1 failed, 2 wrongly called. FAIRLEAD_LOG=debug|info|warn sets how much is logged."
        })
public final class Fairlead implements Runnable {
    private final UnaryOperator<String> environment;
    private final Lifetime lifetime;
    private final boolean stackTraces;

    @Spec
    private CommandSpec spec;

    /**
     * @param environment the process's environment, {@code null} for what is not set
     * @param lifetime how long commands run that do not end by themselves
     * @param stackTraces whether an unexpected failure shows its stack trace
     */
    Fairlead(UnaryOperator<String> environment, Lifetime lifetime, boolean stackTraces) {
        this.environment = environment;
        this.lifetime = lifetime;
        this.stackTraces = stackTraces;
    }

    /** All commands, printing to these. */
    CommandLine commandLine(PrintWriter out, PrintWriter err) {
        return new CommandLine(this)
                .addSubcommand(new RunCommand(environment, lifetime))
                .addSubcommand(new CompileCommand(environment))
                .addSubcommand(new ValidateCommand(environment))
                .addSubcommand(new PlanCommand(environment))
                .addSubcommand(new OperatorCommand(environment, lifetime))
                .addSubcommand(new SimulateCommand())
                .addSubcommand(new WhyCommand())
                .addSubcommand(new QuickstartCommand())
                .addSubcommand(new SidecarCommand(environment))
                .addSubcommand(new GenerateCompletion())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Fairlead::wronglyCalled)
                .setExecutionExceptionHandler(this::failed);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing required command");
    }

    private static int wronglyCalled(ParameterException e, String[] args) {
        var command = e.getCommandLine();
        var err = command.getErr();
        err.println(command.getCommandSpec().qualifiedName() + ": " + e.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return CommandLine.ExitCode.USAGE;
    }

    private int failed(Exception e, CommandLine command, CommandLine.ParseResult result) {
        String message = e instanceof CommandFailure ? e.getMessage() : "unexpected failure: " + e;
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + message);
        if (stackTraces) {
            e.printStackTrace(command.getErr());
        } else if (!(e instanceof CommandFailure)) {
            command.getErr().println("Please report this with what FAIRLEAD_LOG=debug shows.");
        }
        return CommandLine.ExitCode.SOFTWARE;
    }
}
