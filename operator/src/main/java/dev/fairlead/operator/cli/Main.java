package dev.fairlead.operator.cli;

import dev.fairlead.sidecar.telemetry.Logs;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The process {@code fairlead}. */
public final class Main {
    private Main() {}

    /** Runs one command and ends with its exit code. */
    public static void main(String[] args) {
        Logs.claim();
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code;
        try {
            boolean stackTraces = new Logs(System.getenv("FAIRLEAD_LOG")).install();
            code = new Fairlead(System::getenv, new UntilSignal(), stackTraces)
                    .commandLine(new PrintWriter(System.out, true, StandardCharsets.UTF_8), err)
                    .execute(args);
        } catch (IllegalArgumentException e) {
            err.println("fairlead: " + e.getMessage());
            code = 2;
        }
        System.exit(code);
    }
}
