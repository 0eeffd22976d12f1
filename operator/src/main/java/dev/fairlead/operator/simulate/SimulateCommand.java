package dev.fairlead.operator.simulate;

import dev.fairlead.operator.simulate.profile.Profile;
import dev.fairlead.operator.simulate.profile.ProfileException;
import dev.fairlead.operator.simulate.profile.ProfileReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fairlead simulate}: runs a simulator until the process is told to stop. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = "Runs a simulated AI provider with real rate limits, OpenAI's errors, and faults on request.",
        footer = {"", "Control: GET /stats, POST|GET|DELETE /faults, POST /reset. See docs/simulator.md."})
public final class SimulateCommand implements Callable<Integer> {

    private static final int DEFAULT_PORT = 15090;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:" + DEFAULT_PORT,
            description = "Where to listen; port 0 picks a free one. Default: ${DEFAULT-VALUE}")
    private String listen;

    @Option(
            names = "--profile",
            paramLabel = "FILE",
            description = "YAML or JSON: models, accounts, limits, other consumers, latency. Without it any key that"
                    + " begins with sk- is let in.")
    private Path profile;

    @Option(names = "--tls-cert", paramLabel = "FILE", description = "PEM certificate chain; serves HTTPS.")
    private Path tlsCertificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "PEM private key (PKCS#8) of --tls-cert.")
    private Path tlsKey;

    /** Returns once the process is told to stop or the thread is interrupted. */
    @Override
    public Integer call() {
        try (Simulator simulator = Simulator.start(options())) {
            CountDownLatch stopped = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(simulator, stopped), "simulator-stop"));
            PrintWriter out = spec.commandLine().getOut();
            out.println("ready " + simulator.url());
            out.flush();
            stopped.await();
            return CommandLine.ExitCode.OK;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CommandLine.ExitCode.OK;
        } catch (IOException | ProfileException e) {
            spec.commandLine().getErr().println("fairlead simulate: " + e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private static void stop(Simulator simulator, CountDownLatch stopped) {
        simulator.close();
        stopped.countDown();
    }

    private SimulatorOptions options() throws ProfileException {
        if ((tlsCertificate == null) != (tlsKey == null)) {
            throw new ParameterException(spec.commandLine(), "--tls-cert and --tls-key go together");
        }
        ProfileReader reader = new ProfileReader();
        Profile provider = profile == null ? reader.builtIn() : reader.read(profile);
        int colon = listen.lastIndexOf(':');
        String host = colon <= 0 ? "" : listen.substring(0, colon).replaceAll("^\\[(.*)]$", "$1");
        return SimulatorOptions.onFreePort()
                .withListen(host, port(host, listen.substring(colon + 1)))
                .withProfile(provider)
                .withTls(tlsCertificate, tlsKey);
    }

    private int port(String host, String text) {
        try {
            int port = Integer.parseInt(text);
            if (!host.isEmpty() && port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Said below, together with what is out of range.
        }
        throw new ParameterException(
                spec.commandLine(), "--listen: got '" + listen + "', expected HOST:PORT, such as 127.0.0.1:15090");
    }
}
