package dev.fairlead.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.operator.simulate.Simulator;
import dev.fairlead.operator.simulate.SimulatorOptions;
import dev.fairlead.operator.simulate.profile.ProfileReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code fairlead run} twice with one account of 60 requests a minute and one Redis, as two machines without a cluster would. The
 * provider counts by itself.
 */
@Timeout(180)
class RunTwiceTest {
    private static final int LIMIT = 60;

    private static final String PROVIDER = """
            accounts:
            - {name: only, keys: [sk-shared], limits: {requestsPerMinute: 60}}
            """;

    private final CountDownLatch end = new CountDownLatch(1);
    private final StringWriter err = new StringWriter();
    private final List<CompletableFuture<Integer>> running = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private RedisProcess redis;
    private Simulator provider;
    private List<String> urls;

    @BeforeEach
    void runTwice(@TempDir Path folder) throws Exception {
        redis = RedisProcess.start();
        provider = Simulator.start(
                SimulatorOptions.onFreePort().withProfile(new ProfileReader().parse("provider", PROVIDER)));
        Files.writeString(folder.resolve("all.yaml"), """
                apiVersion: v1
                kind: Secret
                metadata: {name: keys}
                stringData: {a: sk-shared}
                ---
                apiVersion: fairlead.dev/v1alpha1
                kind: KeyPool
                metadata: {name: shared}
                spec:
                  provider: {type: OpenAICompatible, baseURL: "%s/v1"}
                  keys:
                  - {name: a, quotaGroup: only, secretRef: {name: keys, key: a}}
                  quotaGroups:
                  - {name: only, limits: [{requestsPerMinute: 60, burst: 60}]}
                  coordination: {mode: Redis, redis: {address: "%s"}}
                ---
                apiVersion: fairlead.dev/v1alpha1
                kind: AIRoute
                metadata: {name: chat}
                spec:
                  models: [{name: gpt-4o, targets: [{name: main, keyPoolRef: {name: shared}}]}]
                """.formatted(provider.url(), redis.address()));
        urls = List.of(run(folder), run(folder));
    }

    @AfterEach
    void ended() throws Exception {
        end.countDown();
        for (var each : running) {
            assertThat(each.get(30, TimeUnit.SECONDS)).isZero();
        }
        if (provider != null) {
            provider.close();
        }
        if (redis != null) {
            redis.close();
        }
    }

    @Test
    void togetherTheyUseTheWholeLimitAndNoMore() {
        var calls = call(100, 8_000);
        assertThat(served(calls)).isBetween(LIMIT - 1, LIMIT);
        assertProviderWasNeverAskedForMore();
    }

    @Test
    void withoutTheirRedisBothGoOnWithTheirLastShares() {
        assertThat(served(call(20, 20_000))).isEqualTo(20);
        redis.close();
        var calls = call(100, 3_000);
        // Three quarters of the 40 that nobody had asked for had been given out in advance.
        assertThat(served(calls)).isBetween(25, LIMIT - 20);
        for (int i = 0; i < urls.size(); i++) {
            assertThat(served(every(urls.size(), i, calls)))
                    .as("served by " + i)
                    .isPositive();
        }
        assertThat(calls).allSatisfy(answer -> assertThat(answer.statusCode()).isIn(200, 429, 504));
        assertProviderWasNeverAskedForMore();
    }

    private void assertProviderWasNeverAskedForMore() {
        var account = provider.stats().path("accounts").path("only");
        assertThat(account.path("maxInMinute").path("requests").asInt()).isBetween(1, LIMIT);
        assertThat(account.path("admitted").asInt())
                .as("none of its %s requests was turned away", account.path("requests"))
                .isEqualTo(account.path("requests").asInt());
    }

    /** So many calls at once, in turn to one and the other. */
    private List<HttpResponse<String>> call(int count, int timeoutMs) {
        var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (int i = 0; i < count; i++) {
            var url = urls.get(i % urls.size()) + "/v1/chat/completions";
            var request = HttpRequest.newBuilder(URI.create(url))
                    .header("content-type", "application/json")
                    .header("x-fairlead-timeout-ms", String.valueOf(timeoutMs))
                    .POST(BodyPublishers.ofString(
                            "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Say hello.\"}]}"))
                    .build();
            answers.add(client.sendAsync(request, BodyHandlers.ofString()));
        }
        return answers.stream().map(CompletableFuture::join).toList();
    }

    private static int served(List<HttpResponse<String>> answers) {
        return (int)
                answers.stream().filter(answer -> answer.statusCode() == 200).count();
    }

    private static <T> List<T> every(int nth, int from, List<T> all) {
        var some = new ArrayList<T>();
        for (int i = from; i < all.size(); i += nth) {
            some.add(all.get(i));
        }
        return some;
    }

    /** The URL that it says it is ready at. */
    private String run(Path folder) throws IOException {
        var written = new PipedWriter();
        var read = new BufferedReader(new PipedReader(written));
        var cli = new Cli(ending -> {
            end.await();
            ending.run();
        });
        running.add(CompletableFuture.supplyAsync(() -> cli.run(
                new PrintWriter(written, true),
                new PrintWriter(err, true),
                "run",
                folder,
                "--listen",
                "127.0.0.1:0",
                "--admin",
                "127.0.0.1:0",
                "--drain-timeout",
                "1s")));
        var line = read.readLine();
        assertThat(line).as(err.toString()).startsWith("ready http://");
        return line.substring("ready ".length());
    }
}
