package dev.fairlead.sidecar.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.sidecar.config.FallbackConfig;
import dev.fairlead.sidecar.config.QuotaGroupConfig;
import dev.fairlead.sidecar.config.QuotaLimits;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a call waits when no target has a key, and for how long it insists on its own model. */
class SeveralTargetsTest {
    private static final String RATE_LIMITED = "{\"error\":{\"message\":\"Rate limit reached for requests\","
            + "\"type\":\"requests\",\"param\":null,\"code\":\"rate_limit_exceeded\"}}";
    private static final FakeProvider.Script ANSWERS = (request, exchange) -> exchange.json(200, DataPlane.ANSWER);

    private static FakeProvider.Script limitedFor(String retryAfter) {
        return (request, exchange) -> exchange.json(429, RATE_LIMITED, retryAfter);
    }

    private static FallbackConfig patience(long ms) {
        return new FallbackConfig(FallbackConfig.DEFAULT.on(), 4, 20_000, false, ms);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void a_call_stands_in_line_everywhere_and_the_first_key_serves_it(int loops) throws Exception {
        try (var main = new FakeProvider(limitedFor("retry-after: 8"));
                var backup = new FakeProvider(limitedFor("retry-after: 9"));
                var plane = new DataPlane(loops)) {
            plane.apply(new Configs()
                    .pool("main", main.url(), "a")
                    .pool("backup", backup.url(), "b")
                    .build());
            var call = plane.chatAsync(DataPlane.HELLO);
            await().untilAsserted(() -> assertThat(plane.admin("/metrics"))
                    .contains("fairlead_waiting{pool=\"team-a/main\"} 1.0")
                    .contains("fairlead_waiting{pool=\"team-a/backup\"} 1.0"));
            backup.now(ANSWERS);
            // Another account comes to the pool that was expected to be the later one.
            plane.apply(new Configs()
                    .pool("main", main.url(), "a")
                    .pool("backup", backup.url(), "b", "c")
                    .build());

            var answer = call.get(5, TimeUnit.SECONDS);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("x-fairlead-target")).contains("backup");
            assertThat(answer.headers().firstValue("x-fairlead-wait-ms")).isPresent();
            await().untilAsserted(() -> assertThat(plane.admin("/metrics"))
                    .as("the other places are given up")
                    .contains("fairlead_waiting{pool=\"team-a/main\"} 0.0")
                    .contains("fairlead_leases_in_flight{pool=\"team-a/main\"} 0.0")
                    .contains("fairlead_leases_in_flight{pool=\"team-a/backup\"} 0.0")
                    .contains("fairlead_leases_leaked_total 0.0"));
        }
    }

    @Test
    void the_same_model_is_waited_for_within_the_routes_patience() throws Exception {
        var calls = new AtomicInteger();
        try (var main = new FakeProvider((request, exchange) -> {
                    if (calls.incrementAndGet() == 1) {
                        exchange.json(429, RATE_LIMITED, "retry-after-ms: 300");
                    } else {
                        exchange.json(200, DataPlane.ANSWER);
                    }
                });
                var other = new FakeProvider(ANSWERS);
                var plane = new DataPlane(new Configs()
                        .fallback(patience(2_000))
                        .pool("main", main.url(), "a")
                        .pool("other", other.url(), "b")
                        .sending("claude-sonnet-4-5")
                        .build())) {
            var answer = plane.chat(DataPlane.HELLO);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("x-fairlead-target")).contains("main");
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void another_model_is_taken_at_once_when_the_wait_is_predicted_longer_than_the_patience() throws Exception {
        try (var main = new FakeProvider(limitedFor("retry-after: 5"));
                var other = new FakeProvider(ANSWERS);
                var plane = new DataPlane(new Configs()
                        .fallback(patience(2_000))
                        .pool("main", main.url(), "a")
                        .pool("other", other.url(), "b")
                        .sending("claude-sonnet-4-5")
                        .build())) {
            var answer = plane.chat(DataPlane.HELLO);

            assertThat(answer.headers().firstValue("x-fairlead-target")).contains("other");
            assertThat(answer.headers().firstValue("x-fairlead-wait-ms"))
                    .as("nothing was waited for")
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void another_model_is_taken_where_the_model_itself_cannot_be_waited_for_however_patient_the_route(int loops)
            throws Exception {
        try (var main = new FakeProvider(limitedFor("retry-after: 8"));
                var other = new FakeProvider(ANSWERS);
                var plane = new DataPlane(loops)) {
            plane.apply(new Configs()
                    .fallback(patience(60_000))
                    .waiting(30_000, 1)
                    .pool("main", main.url(), "a")
                    .pool("other", other.url(), "b")
                    .sending("claude-sonnet-4-5")
                    .build());
            var late = plane.chat(DataPlane.HELLO, "x-fairlead-timeout-ms", "2000");
            assertThat(late.headers().firstValue("x-fairlead-target"))
                    .as("8 s are more than the call has")
                    .contains("other");

            var waits = plane.chatAsync(DataPlane.HELLO);
            await().untilAsserted(() ->
                    assertThat(plane.admin("/metrics")).contains("fairlead_waiting{pool=\"team-a/main\"} 1.0"));
            var crowded = plane.chat(DataPlane.HELLO);
            assertThat(crowded.headers().firstValue("x-fairlead-target"))
                    .as("one waits, and no more may")
                    .contains("other");
            waits.cancel(true);
        }
    }

    @Test
    void a_target_further_down_with_the_same_model_goes_before_another_model() throws Exception {
        try (var main = new FakeProvider(limitedFor("retry-after: 5"));
                var other = new FakeProvider(ANSWERS);
                var aggregator = new FakeProvider(ANSWERS);
                var plane = new DataPlane(new Configs()
                        .pool("main", main.url(), "a")
                        .pool("other", other.url(), "b")
                        .sending("claude-sonnet-4-5")
                        .pool("aggregator", aggregator.url(), "c")
                        .sending("openai/gpt-4o")
                        .build())) {
            assertThat(plane.chat(DataPlane.HELLO).headers().firstValue("x-fairlead-target"))
                    .contains("aggregator");
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void patience_that_has_been_used_up_by_waiting_is_not_renewed() throws Exception {
        try (var main = new FakeProvider(limitedFor("retry-after-ms: 400"));
                var other = new FakeProvider(ANSWERS);
                var plane = new DataPlane(new Configs()
                        .fallback(patience(700))
                        .pool("main", main.url(), "a")
                        .pool("other", other.url(), "b")
                        .sending("claude-sonnet-4-5")
                        .build())) {
            var answer = plane.chat(DataPlane.HELLO);

            assertThat(answer.headers().firstValue("x-fairlead-target")).contains("other");
            assertThat(main.requests()).hasSizeBetween(1, 3);
        }
    }

    @Test
    void a_connection_that_is_refused_costs_one_try_and_not_one_for_each_account() throws Exception {
        var closed = new FakeProvider((request, exchange) -> {});
        closed.close();
        try (var backup = new FakeProvider(ANSWERS);
                var plane = new DataPlane(new Configs()
                        .pool("main", closed.url(), "a", "b", "c", "d")
                        .pool("backup", backup.url(), "e")
                        .build())) {
            assertThat(plane.chat(DataPlane.HELLO).headers().firstValue("x-fairlead-attempts"))
                    .get()
                    .asString()
                    .matches("main=0:transport;\\d+ms, backup=200;\\d+ms");
        }
    }

    @Test
    void a_wait_is_compared_with_what_was_predicted() throws Exception {
        var calls = new AtomicInteger();
        try (var main = new FakeProvider((request, exchange) -> {
                    if (calls.incrementAndGet() == 2) {
                        exchange.json(429, RATE_LIMITED, "retry-after-ms: 300");
                    } else {
                        exchange.json(200, DataPlane.ANSWER);
                    }
                });
                var plane = new DataPlane(
                        new Configs().pool("main", main.url(), "a").build())) {
            plane.chat(DataPlane.HELLO);
            plane.chat(DataPlane.HELLO);

            await().untilAsserted(() -> assertThat(plane.admin("/metrics"))
                    .as("once: the first call did not wait")
                    .contains("fairlead_wait_error_seconds_count{pool=\"team-a/main\"} 1")
                    .contains("fairlead_wait_seconds_count{pool=\"team-a/main\"} 3"));
        }
    }

    @Test
    void the_final_words_count_keys_by_cause_and_say_when_the_first_returns() throws Exception {
        try (var main = new FakeProvider((request, exchange) -> {
                    if (request.header("authorization").endsWith("-bad")) {
                        exchange.json(401, "{\"error\":{\"code\":\"invalid_api_key\"}}");
                    } else {
                        exchange.json(429, RATE_LIMITED, "retry-after: 40");
                    }
                });
                var plane = new DataPlane(
                        new Configs().pool("main", main.url(), "a", "b", "bad").build())) {
            var answer = plane.chat(DataPlane.HELLO);

            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.body())
                    .contains("1 credential", "2 rate_limit")
                    .containsPattern("the first returns in (39|40|41|42) s, too late for this call");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void with_several_targets_the_final_words_say_it_of_each_and_limits_go_before_dead_pools(int loops)
            throws Exception {
        try (var dead = new FakeProvider(
                        (request, exchange) -> exchange.json(401, "{\"error\":{\"code\":\"invalid_api_key\"}}"));
                var limited = new FakeProvider(limitedFor("retry-after: 50"));
                var plane = new DataPlane(loops)) {
            plane.apply(new Configs()
                    .pool("dead", dead.url(), "a")
                    .pool("limited", limited.url(), "b", "c")
                    .build());
            var answer = plane.chat(DataPlane.HELLO);

            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("x-fairlead-error")).contains("keys_exhausted");
            assertThat(Long.parseLong(answer.headers().firstValue("retry-after").orElseThrow()))
                    .isBetween(15L, 52L);
            assertThat(answer.body())
                    .contains("pool 'team-a/dead' (1 credential)")
                    .contains("pool 'team-a/limited' (2 rate_limit)");
        }
    }

    @Test
    void a_route_that_stays_at_its_target_waits_there_only() throws Exception {
        try (var main = new FakeProvider(limitedFor("retry-after: 5"));
                var backup = new FakeProvider(limitedFor("retry-after: 1"));
                var plane = new DataPlane(new Configs()
                        .fallback(new FallbackConfig(List.of("ServerError"), 4, 20_000, false, 2_000))
                        .pool("main", main.url(), "a")
                        .pool("backup", backup.url(), "b")
                        .build())) {
            var call = plane.chatAsync(DataPlane.HELLO);
            await().untilAsserted(() ->
                    assertThat(plane.admin("/metrics")).contains("fairlead_waiting{pool=\"team-a/main\"} 1.0"));
            assertThat(plane.admin("/metrics")).contains("fairlead_waiting{pool=\"team-a/backup\"} 0.0");
            main.now(ANSWERS);
            assertThat(call.get(15, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            assertThat(backup.requests()).isEmpty();
        }
    }

    @Test
    void who_hears_that_the_model_is_gone_at_one_pool_keeps_its_place_at_the_other() throws Exception {
        var oneAtATime = new QuotaLimits(null, null, null, null, null, null, null, 1L, null);
        var gone = new CountDownLatch(1);
        var free = new CountDownLatch(1);
        try (var main = new FakeProvider((request, exchange) -> {
                    gone.await();
                    exchange.json(
                            410, "{\"error\":{\"message\":\"The model has been retired.\",\"code\":\"model_gone\"}}");
                });
                var backup = new FakeProvider((request, exchange) -> {
                    free.await();
                    exchange.json(200, DataPlane.ANSWER);
                });
                var plane = new DataPlane(new Configs()
                        .timeouts(60_000, 1_000, 60_000, 60_000)
                        .quotas(new QuotaGroupConfig("a", List.of(oneAtATime)))
                        .waiting(20_000, 1)
                        .pool("main", main.url(), "a/1")
                        .quotas(new QuotaGroupConfig("b", List.of(oneAtATime)))
                        .waiting(20_000, 100)
                        .pool("backup", backup.url(), "b/1")
                        .build())) {
            var atMain = plane.chatAsync(saying("at main"));
            await().until(() -> main.requests().size() == 1);
            var atBackup = plane.chatAsync(saying("at backup"));
            await().until(() -> backup.requests().size() == 1);
            var waitsAtBoth = plane.chatAsync(saying("waits at both"));
            waiting(plane, 1, 1);
            var waitsAtBackup = plane.chatAsync(saying("waits at backup"));
            waiting(plane, 1, 2);

            gone.countDown();
            await().untilAsserted(() ->
                    assertThat(plane.admin("/metrics")).contains("fairlead_waiting{pool=\"team-a/main\"} 0.0"));
            free.countDown();

            for (var call : List.of(atMain, atBackup, waitsAtBoth, waitsAtBackup)) {
                assertThat(call.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            }
            assertThat(backup.requests())
                    .extracting(request -> request.body().replaceAll(".*\"content\":\"([^\"]*)\".*", "$1"))
                    .containsSubsequence("at backup", "waits at both", "waits at backup");
            assertThat(waitsAtBoth.join().headers().firstValue("x-fairlead-attempts"))
                    .as("nothing but a place was lost")
                    .get()
                    .asString()
                    .matches("backup=200;\\d+ms");
        } finally {
            gone.countDown();
            free.countDown();
        }
    }

    private static String saying(String words) {
        return DataPlane.HELLO.replace("\"hi\"", '"' + words + '"');
    }

    private static void waiting(DataPlane plane, int atMain, int atBackup) {
        await().untilAsserted(() -> assertThat(plane.admin("/metrics"))
                .contains("fairlead_waiting{pool=\"team-a/main\"} " + atMain + ".0")
                .contains("fairlead_waiting{pool=\"team-a/backup\"} " + atBackup + ".0"));
    }
}
