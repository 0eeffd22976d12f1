package dev.fairlead.operator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fairlead why}: what a running sidecar would do with a call now. */
@Command(
        name = "why",
        description = {
            "Asks a running sidecar what would happen to a call for a model now: which target and keys, how long a wait,",
            "or which refusal, and what each pool and key says. Nothing is sent to a provider.",
            "Exit code 1 when the call would be refused."
        },
        mixinStandardHelpOptions = true,
        versionProvider = BuildVersion.class)
final class WhyCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Option(names = "--model", required = true, paramLabel = "NAME", description = "The model, as a client names it.")
    private String model;

    @Option(names = "--route", paramLabel = "NAME", description = "As a client chooses it by x-fairlead-route.")
    private String route;

    @Option(
            names = "--tenant",
            paramLabel = "NAME",
            description = "Whose place in line is asked for (default: the workload's own tenant).")
    private String tenant;

    @Option(
            names = "--admin",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:15081",
            converter = HostPort.Converter.class,
            description = "The sidecar's admin port (default: ${DEFAULT-VALUE}).")
    private HostPort admin;

    @Option(names = "--json", description = "Prints the sidecar's own words.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws CommandFailure, InterruptedException {
        var words = ask();
        var out = spec.commandLine().getOut();
        var answer = read(words);
        if (answer.isNull()) {
            throw new CommandFailure("the sidecar at " + admin.url() + " has no configuration yet");
        }
        if (json) {
            out.print(words);
        } else {
            new WhyText(answer).print(out);
        }
        out.flush();
        return answer.path("answer").asText().equals("refused") ? 1 : 0;
    }

    private String ask() throws CommandFailure, InterruptedException {
        var query = new StringBuilder("/debug/why?model=").append(encoded(model));
        if (route != null) {
            query.append("&route=").append(encoded(route));
        }
        if (tenant != null) {
            query.append("&tenant=").append(encoded(tenant));
        }
        var request = HttpRequest.newBuilder(URI.create(admin.url() + query))
                .timeout(PATIENCE)
                .build();
        try {
            var answer = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(PATIENCE)
                    .build()
                    .send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            if (answer.statusCode() != 200) {
                throw new CommandFailure(admin.url() + " answered " + answer.statusCode() + ": "
                        + answer.body().strip());
            }
            return answer.body();
        } catch (IOException e) {
            throw new CommandFailure("nothing answers at " + admin.url()
                    + ": is a sidecar running there (fairlead run --admin HOST:PORT)?");
        }
    }

    private JsonNode read(String words) throws CommandFailure {
        try {
            return new ObjectMapper().readTree(words);
        } catch (IOException e) {
            throw new CommandFailure("what answers at " + admin.url() + " is no sidecar's admin port");
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
