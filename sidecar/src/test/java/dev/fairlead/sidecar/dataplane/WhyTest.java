package dev.fairlead.sidecar.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairlead.sidecar.config.CoolDownRule;
import dev.fairlead.sidecar.config.FallbackConfig;
import dev.fairlead.sidecar.config.LimitConfig;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code /debug/why} says is what then happens. */
class WhyTest {
    private static final FakeProvider.Script ANSWERS = (request, exchange) -> exchange.json(200, DataPlane.ANSWER);

    private static FakeProvider.Script limitedFor(String retryAfter) {
        return (request, exchange) -> exchange.json(429, "{\"error\":{\"code\":\"rate_limit_exceeded\"}}", retryAfter);
    }

    private static JsonNode why(DataPlane plane) throws Exception {
        return new ObjectMapper().readTree(plane.admin("/debug/why?model=gpt-4o&tenant=team-b"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void it_names_the_target_its_free_keys_and_why_others_rest(int loops) throws Exception {
        try (var main = new FakeProvider((request, exchange) -> {
                    if (request.header("authorization").endsWith("-a")) {
                        limitedFor("retry-after: 50").answer(request, exchange);
                    } else if (request.header("authorization").endsWith("-bad")) {
                        exchange.json(401, "{\"error\":{\"code\":\"invalid_api_key\"}}");
                    } else {
                        ANSWERS.answer(request, exchange);
                    }
                });
                var plane = new DataPlane(loops)) {
            plane.apply(new Configs().pool("main", main.url(), "a", "bad", "c").build());
            for (int i = 0; i < 6; i++) {
                plane.chat(DataPlane.HELLO);
            }
            var why = why(plane);

            assertThat(why.path("answer").asText()).isEqualTo("served");
            assertThat(why.path("target").asText()).isEqualTo("main");
            assertThat(why.path("keys")).hasSize(1);
            assertThat(why.path("keys").get(0).asText()).isEqualTo("c");
            assertThat(why.path("key").asText()).isEqualTo("c");
            assertThat(why.path("targets").get(0).path("nextKey").asText()).isEqualTo("c");
            var keys = why.path("targets").get(0).path("keys");
            assertThat(keys).hasSize(3);
            assertThat(keys.get(0).path("because").asText()).isEqualTo("rate_limit");
            assertThat(keys.get(0).path("availableInMs").asLong()).isBetween(40_000L, 52_000L);
            assertThat(keys.get(1).path("state").asText()).isEqualTo("Invalid");
            assertThat(keys.get(1).path("because").asText()).isEqualTo("credential");
            assertThat(keys.get(2).path("ready").asBoolean()).isTrue();
            assertThat(why.toString()).doesNotContain("sk-main");
        }
    }

    @Test
    void a_refused_key_whose_rest_is_over_is_refused_and_the_next_call_tries_it() throws Exception {
        try (var main = new FakeProvider((request, exchange) -> {
                    if (request.header("authorization").endsWith("-bad")) {
                        exchange.json(401, "{\"error\":{\"code\":\"invalid_api_key\"}}");
                    } else {
                        ANSWERS.answer(request, exchange);
                    }
                });
                var plane = new DataPlane(new Configs()
                        .strategy("FillFirst")
                        .rules(new CoolDownRule(List.of("401"), null, null, "credential", null, 1L))
                        .pool("main", main.url(), "bad", "c")
                        .build())) {
            plane.chat(DataPlane.HELLO);
            var why = why(plane);
            for (int i = 0; i < 1_000 && !why.path("key").asText().equals("bad"); i++) {
                why = why(plane); // Until its rest of a millisecond is over.
            }
            assertThat(why.path("answer").asText()).isEqualTo("served");
            assertThat(why.path("key").asText()).isEqualTo("bad");
            assertThat(why.path("keys")).extracting(JsonNode::asText).contains("bad", "c");
            var key = why.path("targets").get(0).path("keys").get(0);
            assertThat(key.path("state").asText()).isEqualTo("Invalid");
            assertThat(key.path("because").asText()).isEqualTo("credential");
            assertThat(key.path("ready").asBoolean()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Headroom", "RoundRobin", "Weighted", "FillFirst"})
    void the_key_that_it_names_is_the_one_that_the_next_call_gets(String strategy) throws Exception {
        try (var main = new FakeProvider(ANSWERS);
                var plane = new DataPlane(new Configs()
                        .strategy(strategy)
                        .pool("main", main.url(), "a", "b/1", "b/2", "c")
                        .build())) {
            for (int i = 0; i < 12; i++) {
                var named = why(plane).path("key").asText();
                assertThat(why(plane).path("key").asText())
                        .as("asking costs no turn")
                        .isEqualTo(named);
                plane.chat(DataPlane.HELLO);
                var sent = main.requests().get(i).header("authorization");
                assertThat(sent.replace('/', '-')).isEqualTo("Bearer sk-main-" + named);
            }
        }
    }

    @Test
    void it_predicts_a_wait_and_says_what_binds() throws Exception {
        try (var main = new FakeProvider(limitedFor("retry-after: 20"));
                var plane = new DataPlane(new Configs()
                        .timeouts(25_000, 1_000, 5_000, 5_000)
                        .waiting(30_000, 10)
                        .pool("main", main.url(), "a")
                        .build())) {
            plane.chatAsync(DataPlane.HELLO, "x-fairlead-timeout-ms", "3000").join();
            var why = why(plane);

            assertThat(why.path("answer").asText()).isEqualTo("waits");
            assertThat(why.path("waitMs").asLong()).isBetween(15_000L, 21_000L);
            assertThat(why.path("because").asText()).contains("team-a/main", "rate_limit");
            assertThat(why.has("key")).isFalse();
        }
    }

    @Test
    void it_refuses_with_the_code_that_a_call_gets() throws Exception {
        try (var main = new FakeProvider(limitedFor("retry-after: 100"));
                var plane = new DataPlane(
                        new Configs().pool("main", main.url(), "a").build())) {
            var answer = plane.chat(DataPlane.HELLO);
            var why = why(plane);

            assertThat(why.path("answer").asText()).isEqualTo("refused");
            assertThat(why.path("status").asInt()).isEqualTo(answer.statusCode());
            assertThat(why.path("code").asText())
                    .isEqualTo(answer.headers().firstValue("x-fairlead-error").orElseThrow());
            assertThat(why.path("because").asText()).contains("waits no longer than 10000 ms", "rate_limit");
        }
    }

    @Test
    void it_knows_the_routes_patience_and_where_it_stays() throws Exception {
        try (var main = new FakeProvider(limitedFor("retry-after: 6"));
                var other = new FakeProvider(ANSWERS);
                var plane = new DataPlane(1)) {
            for (long patience : new long[] {60_000, 1_000}) {
                plane.apply(new Configs()
                        .fallback(new FallbackConfig(FallbackConfig.DEFAULT.on(), 4, 20_000, false, patience))
                        .pool("main", main.url(), "a")
                        .pool("other", other.url(), "b")
                        .sending("claude-sonnet-4-5")
                        .build());
                if (main.requests().isEmpty()) {
                    plane.chat(DataPlane.HELLO, "x-fairlead-timeout-ms", "2000");
                }
                var why = why(plane);
                assertThat(why.path("target").asText()).isEqualTo(patience == 1_000 ? "other" : "main");
                assertThat(why.path("answer").asText()).isEqualTo(patience == 1_000 ? "served" : "waits");
            }
            plane.apply(new Configs()
                    .fallback(new FallbackConfig(List.of("ServerError"), 4, 20_000, false, 0))
                    .pool("main", main.url(), "a")
                    .pool("other", other.url(), "b")
                    .sending("claude-sonnet-4-5")
                    .build());
            assertThat(why(plane).path("target").asText()).isEqualTo("main");
        }
    }

    private static void refusesAs(HttpResponse<String> call, JsonNode why) {
        assertThat(why.path("answer").asText()).isEqualTo("refused");
        assertThat(why.path("status").asInt()).isEqualTo(call.statusCode());
        assertThat(why.path("code").asText())
                .isEqualTo(call.headers().firstValue("x-fairlead-error").orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void a_route_whose_own_limit_is_used_up_is_said_to_refuse(int loops) throws Exception {
        try (var main = new FakeProvider(ANSWERS);
                var plane = new DataPlane(loops)) {
            plane.apply(new Configs()
                    .limits(new LimitConfig("two-a-minute", LimitConfig.Unit.REQUESTS, 2, 60_000))
                    .pool("main", main.url(), "a")
                    .build());
            for (int i = 0; i < 2; i++) {
                assertThat(why(plane).path("answer").asText())
                        .as("asking takes nothing of the limit")
                        .isEqualTo("served");
                assertThat(plane.chat(DataPlane.HELLO).statusCode()).isEqualTo(200);
            }
            var why = why(plane);

            refusesAs(plane.chat(DataPlane.HELLO), why);
            assertThat(why.path("because").asText()).contains("limit 'two-a-minute' of route 'team-a/chat' is used up");
            assertThat(why.path("targets")).hasSize(1);
        }
    }

    @Test
    void a_limit_that_a_short_call_never_fits_in_is_named() throws Exception {
        try (var main = new FakeProvider(ANSWERS);
                var plane = new DataPlane(new Configs()
                        .limits(new LimitConfig("few-tokens", LimitConfig.Unit.TOKENS, 200, 60_000))
                        .pool("main", main.url(), "a")
                        .build())) {
            var why = why(plane);
            refusesAs(plane.chat(DataPlane.HELLO), why);
            assertThat(why.path("because").asText()).contains("'few-tokens'", "smaller than a short call");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_full_waiting_room_is_said_to_refuse(boolean inCount) throws Exception {
        try (var main = new FakeProvider(limitedFor("retry-after: 6"));
                var plane = new DataPlane(new Configs()
                        .waiting(30_000, inCount ? 1 : 100)
                        .waitingBytes(inCount ? 1 << 20 : DataPlane.HELLO.length() + 50)
                        .pool("main", main.url(), "a")
                        .build())) {
            plane.chat(DataPlane.HELLO, "x-fairlead-timeout-ms", "1000");
            assertThat(why(plane).path("answer").asText()).isEqualTo("waits");
            var waits = plane.chatAsync(DataPlane.HELLO);
            await().until(() ->
                    why(plane).path("targets").get(0).path("waiting").asInt() == 1);
            var why = why(plane);

            refusesAs(plane.chat(DataPlane.HELLO), why);
            assertThat(why.path("because").asText()).contains("no more calls may wait", "team-a/main", "rate_limit");
            waits.cancel(true);
        }
    }
}
