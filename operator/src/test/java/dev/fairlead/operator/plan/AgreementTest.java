package dev.fairlead.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fairlead.operator.plan.RealRun.Call;
import dev.fairlead.operator.plan.provider.LimitKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan says what a real run did. */
@Tag("alone")
class AgreementTest {
    private static final int CALLS = 150;
    private static final int EVERY_MS = 100;
    /** How far apart the two accounts together let calls begin: who misses a turn by a millisecond begins so much later. */
    private static final long PACE_MS = 60_000 / (2 * 120);

    /** Two calls a second at each of two accounts, four at once; nobody waits longer than three seconds. */
    private static final String MANIFESTS = """
            apiVersion: fairlead.dev/v1alpha1
            kind: KeyPool
            metadata: {name: accounts}
            spec:
              provider: {type: OpenAICompatible, baseURL: "%s/v1"}
              keys:
              - {name: a, quotaGroup: account-a, secretRef: {name: keys, key: a}}
              - {name: b, quotaGroup: account-b, secretRef: {name: keys, key: b}}
              quotaGroups:
              - {name: account-a, limits: [{requestsPerMinute: 120, burst: 4}]}
              - {name: account-b, limits: [{requestsPerMinute: 120, burst: 4}]}
              wait: {maxWait: 3s}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: keys}
            stringData: {a: sk-agree-a, b: sk-agree-b}
            ---
            apiVersion: fairlead.dev/v1alpha1
            kind: AIRoute
            metadata: {name: chat}
            spec:
              models: [{name: gpt-4o-mini, targets: [{name: primary, keyPoolRef: {name: accounts}}]}]
              timeouts: {request: 4s}
            """;

    private static final String PROVIDER = """
            accounts:
            - {name: account-a, keys: [sk-agree-a], limits: {requestsPerMinute: 120, burst: 4}}
            - {name: account-b, keys: [sk-agree-b], limits: {requestsPerMinute: 120, burst: 4}}
            latency: {firstByte: 100ms}
            """;

    /** One model may begin two calls a second at each account, the other is held by its tokens. */
    private static final String TWO_MODELS = MANIFESTS
            .replace(
                    "[{requestsPerMinute: 120, burst: 4}]",
                    "[{models: [gpt-4o-mini], requestsPerMinute: 120, burst: 4}, {models: [gpt-4o], tokensPerMinute: 5000}]")
            .replace(
                    "  timeouts: {request: 4s}",
                    "  - {name: gpt-4o, targets: [{name: primary, keyPoolRef: {name: accounts}}]}\n  timeouts: {request: 4s}")
            .replace("models: [{name: gpt-4o-mini", "models:\n  - {name: gpt-4o-mini")
            .replace("{name: accounts}}]}]", "{name: accounts}}]}");

    private static final String ANY_PACE = """
            accounts:
            - {name: account-a, keys: [sk-agree-a]}
            - {name: account-b, keys: [sk-agree-b]}
            latency: {firstByte: 100ms}
            """;

    /** What a call may answer at most is charged when it begins, and at this type of provider never given back. */
    private static final String TOKENS_UP_FRONT = MANIFESTS
            .replace("OpenAICompatible", "OpenAI")
            .replace("requestsPerMinute: 120, burst: 4", "tokensPerMinute: 10000");

    private static final String PROVIDER_OF_TOKENS =
            PROVIDER.replace("requestsPerMinute: 120, burst: 4", "tokensPerMinute: 10000");

    @TempDir
    private Path folder;

    @Test
    void callsAtAnEvenPaceForOneModelThatMayBeginSoManyAMinute() throws Exception {
        var calls = IntStream.range(0, CALLS)
                .mapToObj(i -> new Call((long) i * EVERY_MS, "gpt-4o-mini", "Say hello."))
                .toList();
        var run = new RealRun(folder, MANIFESTS, PROVIDER, calls);
        assertAgree(run);
        assertThat(run.planned().notServed()).containsOnlyKeys("keys_exhausted");
    }

    @Test
    void callsByChanceForTwoModelsOfWhichOneIsBoundByTokens() throws Exception {
        var random = new Random(11);
        double at = 0;
        var calls = new ArrayList<Call>();
        for (int i = 0; i < CALLS; i++) {
            at += -Math.log(1 - random.nextDouble()) * 0.8 * EVERY_MS;
            var text = "Say hello. ".repeat(10 + random.nextInt(150));
            calls.add(new Call((long) at, random.nextBoolean() ? "gpt-4o" : "gpt-4o-mini", text));
        }
        var run = new RealRun(folder, TWO_MODELS, ANY_PACE, calls);
        assertAgree(run);

        double used = run.served("gpt-4o").stream()
                .mapToLong(record -> record.at("/usage/inputTokens").asLong()
                        + record.at("/usage/outputTokens").asLong())
                .sum();
        double planned = run.planned().pools().get(0).limits().stream()
                .filter(use -> use.kind() == LimitKind.TOKENS_PER_MINUTE)
                .mapToLong(use -> use.peak())
                .sum();
        assertThat(run.served("gpt-4o")).as("half of them have no room").hasSizeBetween(20, 50);
        assertThat(planned).as("tokens within the minute").isCloseTo(used, within(used * 0.1));
    }

    @Test
    void callsWhoseMaximumIsChargedWhenTheyBeginHalfOfThemStreamed() throws Exception {
        var calls = IntStream.range(0, 100)
                .mapToObj(i -> new Call((long) i * EVERY_MS, "gpt-4o-mini", "Say hello.", 500, i % 2 == 0))
                .toList();
        var run = new RealRun(folder, TOKENS_UP_FRONT, PROVIDER_OF_TOKENS, calls);
        assertThat(run.served(null)).as("a minute's tokens are for 40").hasSizeBetween(36, 50);
        assertAgree("served", run.planned().served(), run.served(null).size(), 0);
    }

    private static void assertAgree(RealRun run) {
        var real = run.waits();
        var planned = run.planned();
        assertThat(real.p99Ms()).as("calls waited").isGreaterThan(500);
        assertAgree("served", planned.served(), run.served(null).size(), 0);
        assertAgree("wait p50", planned.waits().p50Ms(), real.p50Ms(), PACE_MS);
        assertAgree("wait p99", planned.waits().p99Ms(), real.p99Ms(), PACE_MS);
    }

    /** Within a tenth of the truth; a short wait may be off by one turn, since a busy machine may miss one. */
    private static void assertAgree(String what, double planned, double real, double floor) {
        assertThat(planned).as(what).isCloseTo(real, within(Math.max(real * 0.1, floor)));
    }
}
