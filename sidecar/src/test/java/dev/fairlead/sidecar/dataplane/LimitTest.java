package dev.fairlead.sidecar.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.config.LimitConfig;
import dev.fairlead.sidecar.config.LimitConfig.Unit;
import dev.fairlead.sidecar.config.QuotaGroupConfig;
import dev.fairlead.sidecar.config.QuotaLimits;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A route's limits: enforced, told, and settled on what was really used. */
class LimitTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void no_more_calls_than_the_limit_reach_the_provider(int loops) throws Exception {
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
                var plane = new DataPlane(loops)) {
            plane.apply(new Configs()
                    .limits(new LimitConfig("burst", Unit.REQUESTS, 5, 60_000))
                    .pool("main", provider.url(), "a")
                    .build());
            var answers = new ArrayList<java.util.concurrent.CompletableFuture<java.net.http.HttpResponse<String>>>();
            for (int i = 0; i < 40; i++) {
                answers.add(plane.chatAsync(DataPlane.HELLO));
            }
            int ok = 0;
            for (var answer : answers) {
                var got = answer.join();
                if (got.statusCode() == 200) {
                    ok++;
                } else {
                    assertThat(got.statusCode()).isEqualTo(429);
                    assertThat(got.headers().firstValue("x-fairlead-error")).contains("limit_exceeded");
                    assertThat(got.headers().firstValue("x-ratelimit-limit-requests"))
                            .contains("5");
                    assertThat(got.headers().firstValue("x-ratelimit-remaining-requests"))
                            .contains("0");
                    assertThat(got.headers().firstValue("retry-after")).isPresent();
                    assertThat(got.body()).contains("burst", "\"code\":\"limit_exceeded\"");
                }
            }
            assertThat(ok).isEqualTo(5);
            assertThat(provider.requests()).hasSize(5);
        }
    }

    @Test
    void tokens_are_settled_on_the_providers_count() throws Exception {
        var expensive = DataPlane.ANSWER.replace("\"prompt_tokens\":9", "\"prompt_tokens\":5000");
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(200, expensive));
                var plane = new DataPlane(new Configs()
                        .limits(new LimitConfig("tpm", Unit.TOKENS, 4_000, 60_000))
                        .pool("main", provider.url(), "a")
                        .build())) {
            assertThat(plane.chat(DataPlane.HELLO).statusCode()).isEqualTo(200);
            var second = plane.chat(DataPlane.HELLO);
            assertThat(second.statusCode()).isEqualTo(429);
            assertThat(second.headers().firstValue("x-ratelimit-remaining-tokens"))
                    .contains("0");
        }
    }

    @Test
    void what_was_never_executed_costs_nothing() throws Exception {
        try (var provider = new FakeProvider((request, exchange) ->
                        exchange.json(429, "{\"error\":{\"code\":\"rate_limit_exceeded\"}}", "retry-after: 900"));
                var plane = new DataPlane(new Configs()
                        .limits(new LimitConfig("burst", Unit.REQUESTS, 1, 60_000))
                        .pool("main", provider.url(), "a")
                        .build())) {
            for (int i = 0; i < 3; i++) {
                assertThat(plane.chat(DataPlane.HELLO).headers().firstValue("x-fairlead-error"))
                        .contains("keys_exhausted");
            }
        }
    }

    @Test
    void a_route_without_limits_shows_what_all_accounts_of_the_pool_have_left() throws Exception {
        try (var provider = new FakeProvider((request, exchange) -> {
                    boolean first = request.header("authorization").endsWith("-a");
                    exchange.json(
                            200,
                            DataPlane.ANSWER,
                            "x-ratelimit-limit-requests: 500",
                            "x-ratelimit-remaining-requests: " + (first ? 400 : 300),
                            "x-ratelimit-reset-requests: 1m0s");
                });
                var plane = new DataPlane(new Configs()
                        .provider("OpenAI")
                        .pool("main", provider.url(), "a", "b")
                        .build())) {
            var remaining = new java.util.HashSet<String>();
            var limit = new java.util.HashSet<String>();
            // The sum is taken a few times a second.
            org.awaitility.Awaitility.await().untilAsserted(() -> {
                var answer = plane.chat(DataPlane.HELLO);
                limit.addAll(answer.headers().allValues("x-ratelimit-limit-requests"));
                remaining.addAll(answer.headers().allValues("x-ratelimit-remaining-requests"));
                assertThat(limit).contains("1000");
            });
            // What comes back in the meantime is counted.
            assertThat(remaining)
                    .anySatisfy(left -> assertThat(Long.parseLong(left)).isBetween(699L, 720L));
        }
    }

    @Test
    void limits_that_the_pool_names_are_shown_where_its_provider_says_nothing() throws Exception {
        var limits = List.of(new QuotaLimits(null, 60L, null, null, null, 9_000L, null, null, null));
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
                var plane = new DataPlane(new Configs()
                        .quotas(new QuotaGroupConfig("a", limits), new QuotaGroupConfig("b", limits))
                        .pool("main", provider.url(), "a/1", "b/1")
                        .build())) {
            var headers = plane.chat(DataPlane.HELLO).headers();
            assertThat(headers.firstValue("x-ratelimit-limit-requests")).contains("120");
            assertThat(headers.firstValue("x-ratelimit-remaining-requests")).contains("119");
            assertThat(headers.firstValue("x-ratelimit-limit-tokens")).contains("18000");
        }
    }
}
