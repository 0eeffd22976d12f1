package dev.fairlead.operator.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class SimulateCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void saysReadyWithItsAddressAndServesUntilItIsStopped(@TempDir Path folder) throws Exception {
        Path profile = folder.resolve("p.yaml");
        Files.writeString(profile, "accounts: [{name: a, keys: [sk-only]}]");
        ExecutorService runner = Executors.newSingleThreadExecutor();
        CompletableFuture<Integer> exit =
                CompletableFuture.supplyAsync(() -> run("--listen", "127.0.0.1:0", "--profile", "" + profile), runner);
        await().atMost(Duration.ofSeconds(30)).until(() -> out.toString().contains("\n"));
        assertThat(out.toString()).matches("ready http://127\\.0\\.0\\.1:\\d+\\R");
        String url = out.toString().strip().substring("ready ".length());
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/v1/models"))
                .header("authorization", "Bearer sk-only")
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
        runner.shutdownNow();
        assertThat(exit.get(30, TimeUnit.SECONDS)).isZero();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aTakenPortIsOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String listen = "127.0.0.1:" + taken.getLocalPort();
            assertThat(run("--listen", listen)).isEqualTo(1);
            assertThat(err.toString()).startsWith("fairlead simulate: cannot listen on " + listen + ": ");
            assertThat(err.toString().lines()).hasSize(1);
        }
    }

    @Test
    void aBadProfileIsOneLine(@TempDir Path folder) throws Exception {
        Path profile = folder.resolve("p.yaml");
        Files.writeString(profile, "accounts:\n  - {name: a, keys: [k]}\n  - {name: b, keys: [l],\n    limit: 5}\n");
        assertThat(run("--profile", profile.toString())).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("fairlead simulate: " + profile + ":4: accounts[1].limit: unknown field; known are ");
        assertThat(err.toString().lines()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"15090", ":15090", "127.0.0.1:99999", "127.0.0.1:x", "127.0.0.1:"})
    void aBadAddressIsAUsageError(String listen) {
        assertThat(run("--listen", listen)).isEqualTo(2);
        assertThat(err.toString()).startsWith("--listen: got '" + listen + "', expected HOST:PORT");
    }

    @Test
    void aCertificateWithoutKeyIsAUsageError() {
        assertThat(run("--tls-cert", "c.pem")).isEqualTo(2);
        assertThat(err.toString()).startsWith("--tls-cert and --tls-key go together");
    }

    @Test
    void helpNamesEveryOption() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("--listen", "127.0.0.1:15090", "--profile", "--tls-cert", "--tls-key");
    }

    private int run(String... arguments) {
        return new CommandLine(new SimulateCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
