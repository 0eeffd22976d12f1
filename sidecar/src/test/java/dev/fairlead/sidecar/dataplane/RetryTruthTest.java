package dev.fairlead.sidecar.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a client is told about trying again, and what its own trying costs. */
class RetryTruthTest {
    private static final String LIMITED =
            "{\"error\":{\"message\":\"Rate limit reached\",\"type\":\"requests\",\"code\":\"rate_limit_exceeded\"}}";
    private static final FakeProvider.Script FAILS =
            (request, exchange) -> exchange.json(500, "{\"error\":{\"message\":\"boom\",\"type\":\"server_error\"}}");

    @Test
    void what_clients_repeat_is_taken_from_what_we_repeat_and_then_nobody_is_told_to() throws Exception {
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a", "b").build())) {
            provider.now(FAILS);
            var first = plane.chat(DataPlane.HELLO);
            assertThat(first.statusCode()).isEqualTo(502);
            assertThat(first.headers().firstValue("x-should-retry")).isEmpty();
            assertThat(provider.requests()).as("repeated at the other account").hasSize(2);

            provider.now((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
            for (int i = 0; i < 60; i++) {
                assertThat(plane.chat(DataPlane.HELLO, "x-stainless-retry-count", "1")
                                .statusCode())
                        .as("what a client repeats is let through")
                        .isEqualTo(200);
            }
            provider.now(FAILS);
            int before = provider.requests().size();
            var last = plane.chat(DataPlane.HELLO, "x-stainless-retry-count", "2");

            assertThat(last.statusCode()).isEqualTo(502);
            assertThat(provider.requests()).hasSize(before + 1);
            assertThat(last.headers().firstValue("x-should-retry")).contains("false");
        }
    }

    @Test
    void an_sdk_is_told_not_to_repeat_what_would_be_answered_the_same() throws Exception {
        var tooLarge = "{\"error\":{\"message\":\"Request too large for gpt-4o in organization org-x on tokens per min"
                + " (TPM): Limit 30000, Requested 90000. The input or output tokens must be reduced in order to run"
                + " successfully.\",\"type\":\"tokens\",\"param\":null,\"code\":\"rate_limit_exceeded\"}}";
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(429, tooLarge));
                var plane = new DataPlane(new Configs()
                        .provider("OpenAI")
                        .pool("main", provider.url(), "a", "b")
                        .build())) {
            var answer = plane.chat(DataPlane.HELLO);

            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.body()).isEqualTo(tooLarge);
            assertThat(answer.headers().firstValue("x-should-retry")).contains("false");
            assertThat(answer.headers().firstValue("x-fairlead-error")).isEmpty();
            assertThat(provider.requests()).hasSize(1);
        }
    }

    @Test
    void an_sdk_that_would_shorten_the_wait_is_told_not_to_repeat() throws Exception {
        try (var provider = new FakeProvider((request, exchange) ->
                        exchange.json(429, "{\"error\":{\"code\":\"rate_limit_exceeded\"}}", "retry-after: 30"));
                var plane = new DataPlane(new Configs()
                        .waiting(1_000, 100)
                        .pool("main", provider.url(), "a")
                        .build())) {
            var java = plane.chat(DataPlane.HELLO, "x-stainless-lang", "java");
            var python = plane.chat(DataPlane.HELLO, "x-stainless-lang", "python");

            assertThat(java.headers().firstValue("x-should-retry")).contains("false");
            assertThat(python.headers().firstValue("x-should-retry")).isEmpty();
            assertThat(Long.parseLong(
                            python.headers().firstValue("retry-after-ms").orElseThrow()))
                    .as("when a repeat would be let in to wait, not when the key returns")
                    .isBetween(27_000L, 29_500L);
        }
    }

    @Test
    void after_as_many_attempts_as_a_call_may_make_it_is_told_how_the_pool_stands_and_not_its_last_account()
            throws Exception {
        var calls = new AtomicInteger();
        try (var provider = new FakeProvider((request, exchange) ->
                        exchange.json(429, LIMITED, "retry-after: " + (calls.incrementAndGet() == 1 ? "50" : "500")));
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), accounts(16)).build())) {
            var answer = plane.chat(DataPlane.HELLO);

            assertThat(provider.requests()).hasSize(16);
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.body())
                    .contains("16 attempts: 16 rate_limit", "Every key of pool 'team-a/main' rests (16 rate_limit)")
                    .containsPattern("the first returns in (49|50) s\\.");
            assertThat(Long.parseLong(answer.headers().firstValue("retry-after").orElseThrow()))
                    .as("a call waits 10 s here")
                    .isBetween(35L, 45L);
        }
    }

    @Test
    void keys_that_a_call_has_not_come_to_are_not_said_to_rest() throws Exception {
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(429, LIMITED, "retry-after: 500"));
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), accounts(20)).build())) {
            var answer = plane.chat(DataPlane.HELLO);

            assertThat(provider.requests()).hasSize(16);
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.body()).contains("16 attempts: 16 rate_limit", "has a key that is free now");
            assertThat(answer.headers().firstValue("retry-after")).contains("0");
        }
    }

    private static String[] accounts(int count) {
        return IntStream.range(0, count).mapToObj(i -> "a" + i).toArray(String[]::new);
    }
}
