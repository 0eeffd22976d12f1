package dev.fairlead.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.operator.simulate.Simulator;
import dev.fairlead.operator.simulate.SimulatorOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README says about a real key, done as it says it; only the provider is a simulated one. */
class ReadmeTest {
    private static final Path README = Path.of("../README.md");
    private static final Path REAL_KEY = Path.of("../examples/real-key");
    private static final String OPENAI = "provider: {type: OpenAI}";

    @Test
    void itShowsThePoolOfTheExample() throws IOException {
        assertThat(Files.readString(README))
                .contains("```yaml\n" + Files.readString(REAL_KEY.resolve("keypool.yaml")) + "```\n");
    }

    @Test
    void itsCallIsAnsweredWithTheKeyOfTheEnvironment(@TempDir Path folder) throws Exception {
        var call = Pattern.compile(
                        "curl http://127[.]0[.]0[.]1:15080(/\\S+) -H '([^:]+): ([^']+)' \\\\\\n +-d '([^']+)'")
                .matcher(Files.readString(README));
        assertThat(call.find()).isTrue();
        try (var simulator = Simulator.start(SimulatorOptions.onFreePort())) {
            copy(folder, OPENAI, OPENAI.replace("}", ", baseURL: \"" + simulator.url() + "/v1\"}"));
            var answer = whileRunning(
                    folder,
                    url -> HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(URI.create(url + call.group(1)))
                                            .header(call.group(2), call.group(3))
                                            .POST(HttpRequest.BodyPublishers.ofString(call.group(4)))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString()));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("\"model\":\"gpt-4o-mini");
            assertThat(simulator.stats().at("/accounts/mine/answered").asInt())
                    .as("calls with the key sk-mine-1")
                    .isEqualTo(1);
        }
    }

    private static void copy(Path folder, String from, String to) throws IOException {
        try (var files = Files.list(REAL_KEY)) {
            for (var file : files.toList()) {
                var text = Files.readString(file);
                Files.writeString(
                        folder.resolve(file.getFileName().toString()),
                        file.endsWith("keypool.yaml") ? text.replace(from, to) : text);
            }
        }
    }

    private interface Call<T> {
        T to(String url) throws IOException, InterruptedException;
    }

    /** {@code fairlead run}, on ports that are free. */
    private static <T> T whileRunning(Path folder, Call<T> call) throws Exception {
        var end = new CountDownLatch(1);
        var said = new PipedReader();
        var out = new PrintWriter(new PipedWriter(said), true);
        var err = new StringWriter();
        var cli = new Cli(ending -> {
                    end.await();
                    ending.run();
                })
                .with("OPENAI_API_KEY", "sk-mine-1");
        var running = CompletableFuture.supplyAsync(() -> cli.run(
                out, new PrintWriter(err, true), "run", folder, "--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0"));
        try (var lines = new BufferedReader(said)) {
            var ready = lines.readLine();
            assertThat(ready).as(err.toString()).startsWith("ready http://127.0.0.1:");
            return call.to(ready.substring("ready ".length()));
        } finally {
            end.countDown();
            assertThat(running.get(30, TimeUnit.SECONDS)).isZero();
        }
    }
}
