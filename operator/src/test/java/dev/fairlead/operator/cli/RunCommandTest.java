package dev.fairlead.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real sidecar on ports that are free, started as a person would start it. */
class RunCommandTest {
    @TempDir
    private Path folder;

    private Manifest manifest;
    private final CountDownLatch end = new CountDownLatch(1);
    private final StringWriter err = new StringWriter();
    private CompletableFuture<Integer> running;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void aFolderThatWorks() throws IOException {
        manifest = Manifest.in(folder);
    }

    @AfterEach
    void ended() throws Exception {
        end.countDown();
        if (running != null) {
            assertThat(running.get(30, TimeUnit.SECONDS)).isZero();
        }
    }

    @Test
    void itSaysReadyOnceItAnswersAndEndsWhenToldTo() throws Exception {
        String url = start(folder);
        assertThat(models(url)).contains("\"gpt-4o\"");
        end.countDown();
        assertThat(running.get(30, TimeUnit.SECONDS)).isZero();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aChangeOfTheFolderIsServed() throws Exception {
        String url = start(folder);
        manifest.replace("route.yaml", "gpt-4o", "o3");
        await().untilAsserted(() -> assertThat(models(url)).contains("\"o3\"").doesNotContain("gpt-4o"));
    }

    @Test
    void aSuspendedTenantIsRefused() throws Exception {
        String url = start(folder);
        manifest.write("tenant.yaml", """
                apiVersion: fairlead.dev/v1alpha1
                kind: Tenant
                metadata: {name: acme}
                spec: {namespaces: [default], suspended: true}
                """);
        await().untilAsserted(() -> {
            var answer = get(url + "/v1/models");
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.headers().firstValue("x-fairlead-error")).hasValue("tenant_suspended");
        });
    }

    @Test
    void errorsAreSaidAndTheRestRuns() throws Exception {
        manifest.write(
                "other.yaml", "kind: KeyPool\napiVersion: fairlead.dev/v1alpha1\nmetadata: {name: x}\nspec: {}\n");
        String url = start(folder);
        assertThat(models(url)).contains("\"gpt-4o\"");
        assertThat(err.toString()).contains(folder.resolve("other.yaml") + ":").contains("KeyPool default/x");
    }

    @Test
    void aWorkloadToWhichNothingIsOpenIsTold() throws Exception {
        manifest.replace("route.yaml", "{name: chat}", "{name: chat, namespace: team-a}");
        manifest.replace("pool.yaml", "{name: openai}", "{name: openai, namespace: team-a}");
        manifest.replace("secret.yaml", "{name: keys}", "{name: keys, namespace: team-a}");
        String url = start(folder);
        assertThat(models(url)).doesNotContain("gpt-4o");
        assertThat(err.toString()).contains("no AIRoute in " + folder + " is open to namespace 'default'");
    }

    @Test
    void aFolderOfWhichNothingCanBeUsedIsAFailure(@TempDir Path empty) throws IOException {
        var result = new Cli().run("run", empty, "--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .contains(empty + ": holds no manifest")
                .contains("fairlead run: nothing in " + empty + " can be used");
        Files.writeString(empty.resolve("a.yaml"), "]");
        assertThat(new Cli().run("run", empty).err()).contains("a.yaml:1").doesNotContain("Exception");
    }

    @Test
    void aProxyInTheEnvironmentThatIsNoUrlIsAFailureThatNamesTheVariable() {
        var result = new Cli()
                .with("https_proxy", "http://user:secret@not a host:99")
                .with("http_proxy", "http://user:secret@not a host:99")
                .run("run", folder, "--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .contains("HTTPS_PROXY is not a URL", "pools[0].proxy")
                .doesNotContain("secret", "Exception", "Please report")
                .hasLineCount(1);
    }

    @Test
    void aPortThatIsTakenIsAFailureThatNamesIt() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            var result = new Cli().run("run", folder, "--listen", address, "--admin", "127.0.0.1:0");
            assertThat(result.code()).isEqualTo(1);
            assertThat(result.err())
                    .contains(address)
                    .doesNotContain("Exception")
                    .hasLineCount(1);
        }
    }

    @Test
    void recordsThatCannotBeWrittenAreAFailureThatNamesTheFile() {
        var result =
                new Cli().run("run", folder, "--listen", "127.0.0.1:0", "--admin", "127.0.0.1:0", "--records", folder);
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .contains(folder.toString())
                .doesNotContain("Exception")
                .hasLineCount(1);
    }

    /** The URL that it says it is ready at. */
    private String start(Path manifests) throws IOException {
        var written = new PipedWriter();
        var read = new BufferedReader(new PipedReader(written));
        var cli = new Cli(ending -> {
            end.await();
            ending.run();
        });
        running = CompletableFuture.supplyAsync(() -> cli.run(
                new PrintWriter(written, true),
                new PrintWriter(err, true),
                "run",
                manifests,
                "--listen",
                "127.0.0.1:0",
                "--admin",
                "127.0.0.1:0",
                "--drain-timeout",
                "1s"));
        String line = read.readLine();
        assertThat(line).as(err.toString()).matches("ready http://127\\.0\\.0\\.1:\\d+");
        return line.substring("ready ".length());
    }

    private String models(String url) throws IOException, InterruptedException {
        return get(url + "/v1/models").body();
    }

    private HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
