package dev.fairlead.sidecar.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.config.FallbackConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What one key or target cannot do, another does; and only what may be repeated is repeated. */
class FailoverTest {
    private static final String RATE_LIMITED =
            "{\"error\":{\"message\":\"Rate limit reached\",\"type\":\"requests\",\"code\":\"rate_limit_exceeded\"}}";

    private static FakeProvider.Script limitedFor(String key, String... headers) {
        return (request, exchange) -> {
            if (request.header("authorization").endsWith(key)) {
                exchange.json(429, RATE_LIMITED, headers);
            } else {
                exchange.json(200, DataPlane.ANSWER);
            }
        };
    }

    @Test
    void a_rate_limited_account_is_left_alone_and_the_other_answers() throws Exception {
        try (var provider = new FakeProvider(limitedFor("-a", "retry-after: 60"));
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a", "b").build())) {
            for (int i = 0; i < 10; i++) {
                assertThat(plane.chat(DataPlane.HELLO).statusCode()).isEqualTo(200);
            }
            assertThat(provider.requests().stream()
                            .filter(r -> r.header("authorization").endsWith("-a")))
                    .hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void a_sibling_key_of_a_limited_account_is_not_tried() throws Exception {
        try (var provider =
                        new FakeProvider((request, exchange) -> exchange.json(429, RATE_LIMITED, "retry-after: 3600"));
                var plane = new DataPlane(new Configs()
                        .pool("main", provider.url(), "acct/1", "acct/2", "acct/3")
                        .build())) {
            var answer = plane.chat(DataPlane.HELLO);

            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("x-fairlead-error")).contains("keys_exhausted");
            assertThat(Long.parseLong(answer.headers().firstValue("retry-after").orElseThrow()))
                    .isBetween(3590L, 3600L);
            assertThat(answer.headers().firstValue("x-should-retry")).contains("false");
            assertThat(provider.requests()).hasSize(1);
        }
    }

    @Test
    void a_call_waits_for_the_first_key_that_returns_in_time() throws Exception {
        var calls = new AtomicInteger();
        try (var provider = new FakeProvider((request, exchange) -> {
                    if (calls.incrementAndGet() == 1) {
                        exchange.json(429, RATE_LIMITED, "retry-after-ms: 300");
                    } else {
                        exchange.json(200, DataPlane.ANSWER);
                    }
                });
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a").build())) {
            var answer = plane.chat(DataPlane.HELLO);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(Long.parseLong(
                            answer.headers().firstValue("x-fairlead-wait-ms").orElseThrow()))
                    .isBetween(250L, 2_000L);
        }
    }

    @Test
    void a_refused_key_goes_into_quarantine_and_never_reaches_the_client_as_401() throws Exception {
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(
                        401,
                        "{\"error\":{\"message\":\"Incorrect API key provided\",\"type\":\"invalid_request_error\","
                                + "\"code\":\"invalid_api_key\"}}"));
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a", "b").build())) {
            for (int i = 0; i < 3; i++) {
                var answer = plane.chat(DataPlane.HELLO);
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.headers().firstValue("x-fairlead-error")).contains("keys_unusable");
            }
            assertThat(provider.requests()).hasSize(2);
        }
    }

    @Test
    void the_callers_own_fault_comes_back_in_the_providers_words_and_is_not_repeated() throws Exception {
        var fault = "{\"error\":{\"message\":\"Unknown parameter: 'x'.\",\"type\":\"invalid_request_error\","
                + "\"param\":\"x\",\"code\":\"unknown_parameter\"}}";
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(400, fault));
                var backup = new FakeProvider((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
                var plane = new DataPlane(new Configs()
                        .pool("main", provider.url(), "a", "b")
                        .pool("backup", backup.url(), "c")
                        .build())) {
            var answer = plane.chat(DataPlane.HELLO);

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).isEqualTo(fault);
            assertThat(answer.headers().firstValue("x-fairlead-error")).isEmpty();
            assertThat(provider.requests()).hasSize(1);
            assertThat(backup.requests()).isEmpty();
        }
    }

    @Test
    void the_next_target_answers_with_its_own_model_name_when_the_first_has_no_key() throws Exception {
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(429, RATE_LIMITED));
                var backup = new FakeProvider((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
                var plane = new DataPlane(new Configs()
                        .pool("main", provider.url(), "a")
                        .pool("backup", backup.url(), "c")
                        .sending("other/model")
                        .build())) {
            var answer = plane.chat(DataPlane.HELLO);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("x-fairlead-attempts").orElseThrow())
                    .matches("main=429:rate_limit;\\d+ms, backup=200;\\d+ms");
            assertThat(backup.requests().get(0).body())
                    .isEqualTo(DataPlane.HELLO.replace("\"gpt-4o\"", "\"other/model\""));
        }
    }

    @Test
    void a_route_that_does_not_fall_back_on_limits_stays_at_its_target() throws Exception {
        try (var provider =
                        new FakeProvider((request, exchange) -> exchange.json(429, RATE_LIMITED, "retry-after: 100"));
                var backup = new FakeProvider((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
                var plane = new DataPlane(new Configs()
                        .fallback(new FallbackConfig(List.of("ServerError"), 4, 20_000, false, 2_000))
                        .pool("main", provider.url(), "a")
                        .pool("backup", backup.url(), "c")
                        .build())) {
            assertThat(plane.chat(DataPlane.HELLO).statusCode()).isEqualTo(429);
            assertThat(plane.chat(DataPlane.HELLO).statusCode()).isEqualTo(429);
            assertThat(backup.requests()).isEmpty();
        }
    }

    @Test
    void server_errors_cost_attempts_and_end_as_502() throws Exception {
        try (var provider = new FakeProvider((request, exchange) ->
                        exchange.json(500, "{\"error\":{\"message\":\"boom\",\"type\":\"server_error\"}}"));
                var plane = new DataPlane(new Configs()
                        .fallback(new FallbackConfig(List.of("ServerError"), 2, 20_000, false, 2_000))
                        .pool("main", provider.url(), "a", "b", "c")
                        .build())) {
            var answer = plane.chat(DataPlane.HELLO);

            assertThat(answer.statusCode()).isEqualTo(502);
            assertThat(answer.headers().firstValue("x-fairlead-error")).contains("upstream_error");
            assertThat(provider.requests()).hasSize(2);
        }
    }

    @Test
    void a_call_that_may_have_been_executed_is_not_sent_twice_unless_the_route_says_so() throws Exception {
        for (boolean retryUncertain : List.of(false, true)) {
            try (var provider = new FakeProvider((request, exchange) -> exchange.reset());
                    var backup = new FakeProvider((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
                    var plane = new DataPlane(new Configs()
                            .fallback(new FallbackConfig(List.of("ConnectFailure"), 4, 20_000, retryUncertain, 2_000))
                            .pool("main", provider.url(), "a")
                            .pool("backup", backup.url(), "c")
                            .build())) {
                assertThat(plane.chat(DataPlane.HELLO).statusCode()).isEqualTo(retryUncertain ? 200 : 502);
                assertThat(backup.requests()).hasSize(retryUncertain ? 1 : 0);
            }
        }
    }

    @Test
    void a_refused_connection_goes_to_the_next_target() throws Exception {
        var closed = new FakeProvider((request, exchange) -> {});
        closed.close();
        try (var backup = new FakeProvider((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
                var plane = new DataPlane(new Configs()
                        .pool("main", closed.url(), "a")
                        .pool("backup", backup.url(), "c")
                        .build())) {
            assertThat(plane.chat(DataPlane.HELLO).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_kept_alive_connection_that_was_closed_meanwhile_costs_the_client_nothing() throws Exception {
        var calls = new AtomicInteger();
        try (var provider = new FakeProvider((request, exchange) -> {
                    if (calls.incrementAndGet() == 2) {
                        exchange.reset();
                    } else {
                        exchange.json(200, DataPlane.ANSWER);
                    }
                });
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a").build())) {
            var statuses = new ArrayList<Integer>();
            for (int i = 0; i < 3; i++) {
                statuses.add(plane.chat(DataPlane.HELLO).statusCode());
            }
            assertThat(statuses).containsOnly(200);
        }
    }

    @Test
    void when_all_kept_connections_are_dead_the_second_attempt_uses_a_new_one() throws Exception {
        var together = new CountDownLatch(3);
        try (var provider = new FakeProvider((request, exchange) -> {
                    together.countDown();
                    assertThat(together.await(10, TimeUnit.SECONDS)).isTrue();
                    exchange.json(200, DataPlane.ANSWER);
                });
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a").build())) {
            var calls = Stream.generate(() -> plane.chatAsync(DataPlane.HELLO))
                    .limit(3)
                    .toList();
            calls.forEach(CompletableFuture::join);
            provider.now((request, exchange) -> {
                if (exchange.kept()) {
                    exchange.reset();
                } else {
                    exchange.json(200, DataPlane.ANSWER);
                }
            });
            for (int i = 0; i < 4; i++) {
                assertThat(plane.chat(DataPlane.HELLO).statusCode()).isEqualTo(200);
            }
            assertThat(provider.connections())
                    .as("three that were kept and died, three that were made instead, one for who found none")
                    .isEqualTo(7);
        }
    }

    @Test
    void only_the_attempt_after_a_dead_connection_takes_a_new_one() throws Exception {
        var together = new CountDownLatch(3);
        var kept = Collections.synchronizedList(new ArrayList<Boolean>());
        try (var provider = new FakeProvider((request, exchange) -> {
                    together.countDown();
                    assertThat(together.await(10, TimeUnit.SECONDS)).isTrue();
                    exchange.json(200, DataPlane.ANSWER);
                });
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a", "b").build())) {
            var calls = Stream.generate(() -> plane.chatAsync(DataPlane.HELLO))
                    .limit(3)
                    .toList();
            calls.forEach(CompletableFuture::join);
            provider.now((request, exchange) -> {
                kept.add(exchange.kept());
                switch (kept.size()) {
                    case 1 -> exchange.reset();
                    case 2 -> exchange.json(429, RATE_LIMITED, "retry-after: 60");
                    default -> exchange.json(200, DataPlane.ANSWER);
                }
            });

            assertThat(plane.chat(DataPlane.HELLO).statusCode()).isEqualTo(200);
            assertThat(kept).as("dead, new, one of those that live").containsExactly(true, false, true);
        }
    }

    @Test
    void why_tells_what_would_happen_to_a_call_now() throws Exception {
        try (var provider =
                        new FakeProvider((request, exchange) -> exchange.json(429, RATE_LIMITED, "retry-after: 100"));
                var backup = new FakeProvider((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
                var plane = new DataPlane(new Configs()
                        .pool("main", provider.url(), "a")
                        .pool("backup", backup.url(), "c")
                        .build())) {
            plane.chat(DataPlane.HELLO);

            assertThat(plane.admin("/debug/why?model=gpt-4o"))
                    .contains("\"answer\" : \"served\"", "\"target\" : \"backup\"", "\"cause\" : \"rate_limit\"");
            assertThat(plane.admin("/debug/why?model=none")).contains("\"code\" : \"model_not_found\"");
            assertThat(plane.admin("/debug/why")).contains("model=NAME");
        }
    }
}
