package dev.fairlead.sidecar;

import dev.fairlead.sidecar.control.ControlEnvironment;
import dev.fairlead.sidecar.control.ControlSettings;
import dev.fairlead.sidecar.telemetry.Logs;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.security.Security;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;

/**
 * The entry point of the container {@code fairlead}: {@link ControlEnvironment} says what to do. Exit codes: 0 after SIGTERM or
 * SIGINT, 1 when it cannot run here, 2 when a variable is missing or wrong.
 */
public final class Main {
    private static final int FAILED = 1;
    private static final int WRONGLY_CALLED = 2;

    private Main() {}

    /** Runs until a signal. */
    public static void main(String[] args) {
        Logs.claim();
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code;
        try {
            var unused = new Logs(System.getenv(ControlEnvironment.LOG)).install();
            code = run(System::getenv, err);
        } catch (IllegalArgumentException e) {
            err.println("fairlead: " + e.getMessage());
            code = WRONGLY_CALLED;
        }
        System.exit(code);
    }

    /**
     * As {@link #main}, within a process whose logging is set up. Returns an exit code when the sidecar cannot start; otherwise
     * never, and the process ends with 0 after a signal.
     */
    public static int run(UnaryOperator<String> environment, PrintWriter err) {
        try {
            var settings = ControlSettings.of(environment);
            prepare(settings);
            endWithSignal(PodSidecar.start(settings, environment));
            new CountDownLatch(1).await();
            return 0;
        } catch (IllegalArgumentException e) {
            err.println("fairlead: " + e.getMessage());
            return WRONGLY_CALLED;
        } catch (IOException e) {
            err.println("fairlead: cannot start: " + e.getMessage());
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private static void prepare(ControlSettings settings) {
        // Operator pods come and go: a name that was looked up half a minute ago says little about them.
        Security.setProperty("networkaddress.cache.ttl", "1");
        Security.setProperty("networkaddress.cache.negative.ttl", "1");
        if (System.getProperty("io.netty.native.workdir") == null) {
            // Where the root file system is read-only, Netty has nowhere else to unpack epoll.
            System.setProperty("io.netty.native.workdir", settings.stateDir().toString());
        }
    }

    /** A process that was told to end and did all that it should has not failed, whatever the JVM's own code for a signal is. */
    private static void endWithSignal(PodSidecar sidecar) {
        var ending = new Thread(
                () -> {
                    sidecar.close();
                    Runtime.getRuntime().halt(0);
                },
                "ending");
        Runtime.getRuntime().addShutdownHook(ending);
    }
}
