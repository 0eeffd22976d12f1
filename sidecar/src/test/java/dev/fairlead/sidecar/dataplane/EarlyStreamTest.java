package dev.fairlead.sidecar.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.sidecar.exchange.Patience;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Streams whose content is late: the client hears that it is not forgotten, and another key can still answer. */
class EarlyStreamTest {
    private static final String ROLE = event("{\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\","
            + "\"content\":\"\"},\"finish_reason\":null}]}");
    private static final String TEXT =
            event("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello\"},\"finish_reason\":null}]}");
    private static final String REST =
            event("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}") + event("[DONE]");
    private static final String LIMITED = event("{\"error\":{\"message\":\"Rate limit reached\",\"type\":\"tokens\","
            + "\"code\":\"rate_limit_exceeded\"}}");
    private static final String WAITING = ": waiting\n\n";
    private static final Patience SOON = new Patience(30_000, 300_000, 60_000, 200);
    private static final long BUDGET = 64 << 20;

    private static String event(String data) {
        return "data: " + data + "\n\n";
    }

    private static FakeProvider.Script streaming(String... events) {
        return (request, exchange) -> {
            exchange.streamHead();
            for (var event : events) {
                exchange.chunk(event);
            }
            exchange.lastChunk();
        };
    }

    /** Sends a role and no content until the client has heard twice that it waits. */
    private static FakeProvider.Script late(CountDownLatch heard, String then) {
        return (request, exchange) -> {
            exchange.streamHead();
            exchange.chunk(ROLE);
            assertThat(heard.await(10, TimeUnit.SECONDS)).isTrue();
            exchange.chunk(then);
            exchange.lastChunk();
        };
    }

    /** The answer to a streamed call, whose first two comments count down. */
    private static String read(DataPlane plane, CountDownLatch heard) throws Exception {
        var answer = plane.client()
                .send(
                        plane.request("/v1/chat/completions", DataPlane.HELLO_STREAM),
                        java.net.http.HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("text/event-stream");
        assertThat(answer.headers().firstValue("x-fairlead-request-id")).isPresent();
        var comments = new String(answer.body().readNBytes(2 * WAITING.length()), StandardCharsets.UTF_8);
        assertThat(comments).isEqualTo(WAITING + WAITING);
        heard.countDown();
        return new String(answer.body().readAllBytes(), StandardCharsets.UTF_8).replace(WAITING, "");
    }

    @Test
    void comments_come_before_late_content_and_then_the_providers_bytes() throws Exception {
        var heard = new CountDownLatch(1);
        try (var provider = new FakeProvider(late(heard, TEXT + REST));
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a").build(), BUDGET, SOON)) {
            assertThat(read(plane, heard)).isEqualTo(ROLE + TEXT + REST);
            await().untilAsserted(() -> assertThat(plane.records()).hasSize(1));
            assertThat(plane.records().get(0)).contains("\"outcome\":\"ok\"", "\"status\":200", "\"ttftMs\"");
            assertThat(plane.admin("/metrics")).contains("_budget_used_bytes 0.0");
        }
    }

    @Test
    void another_key_answers_when_the_first_fails_after_the_comments() throws Exception {
        var heard = new CountDownLatch(1);
        var calls = new AtomicInteger();
        try (var provider = new FakeProvider((request, exchange) -> {
                    var script = calls.incrementAndGet() == 1 ? late(heard, LIMITED) : streaming(ROLE, TEXT, REST);
                    script.answer(request, exchange);
                });
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a", "b").build(), BUDGET, SOON)) {
            assertThat(read(plane, heard))
                    .as("one stream, nothing of the first")
                    .isEqualTo(ROLE + TEXT + REST);
            assertThat(calls).hasValue(2);
        }
    }

    @Test
    void comments_go_on_while_the_call_waits_for_a_key_again() throws Exception {
        var heard = new CountDownLatch(1);
        var calls = new AtomicInteger();
        try (var provider = new FakeProvider((request, exchange) -> {
                    switch (calls.incrementAndGet()) {
                        case 1 -> late(heard, LIMITED).answer(request, exchange);
                        case 2 ->
                            exchange.json(429, "{\"error\":{\"code\":\"rate_limit_exceeded\"}}", "retry-after: 2");
                        default -> streaming(ROLE, TEXT, REST).answer(request, exchange);
                    }
                });
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a", "b").build(), BUDGET, SOON)) {
            var answer = plane.client()
                    .send(
                            plane.request("/v1/chat/completions", DataPlane.HELLO_STREAM),
                            java.net.http.HttpResponse.BodyHandlers.ofInputStream());
            answer.body().readNBytes(2 * WAITING.length());
            heard.countDown();
            await().untilAsserted(() -> assertThat(plane.admin("/debug/keys")).contains("\"waiting\" : 1"));
            // Whatever was on its way before has been read by now, so that these two are of the wait.
            answer.body().readNBytes(4 * WAITING.length());
            assertThat(new String(answer.body().readAllBytes(), StandardCharsets.UTF_8))
                    .endsWith(ROLE + TEXT + REST);
            assertThat(calls.get()).isGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void a_call_that_fails_after_the_comments_ends_in_an_error_event_and_a_broken_connection() throws Exception {
        var calls = new AtomicInteger();
        try (var provider = new FakeProvider((request, exchange) -> {
                    if (calls.incrementAndGet() == 1) {
                        exchange.streamHead();
                        exchange.chunk(ROLE);
                        assertThat(exchange.closedWithin(700)).isFalse();
                        exchange.chunk(LIMITED);
                        exchange.lastChunk();
                    } else {
                        exchange.json(429, "{\"error\":{\"code\":\"rate_limit_exceeded\"}}", "retry-after: 100");
                    }
                });
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a", "b").build(), BUDGET, SOON)) {
            var answer = RawClient.exchange(plane.port(), RawClient.post(DataPlane.HELLO_STREAM));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body())
                    .contains(": waiting", "data: {\"error\":{", "\"code\":\"keys_exhausted\"")
                    .doesNotContain("[DONE]");
            assertThat(answer.complete()).isFalse();
            await().untilAsserted(() -> assertThat(plane.records()).hasSize(1));
            assertThat(plane.records().get(0))
                    .contains("\"outcome\":\"failed\"", "\"error\":\"keys_exhausted\"", "\"status\":200");
            assertThat(plane.admin("/metrics")).contains("_budget_used_bytes 0.0", "leases_leaked_total 0.0");
        }
    }

    @Test
    void the_providers_own_words_come_as_an_event_once_the_stream_is_open() throws Exception {
        var calls = new AtomicInteger();
        try (var provider = new FakeProvider((request, exchange) -> {
                    if (calls.incrementAndGet() == 1) {
                        exchange.streamHead();
                        exchange.chunk(ROLE);
                        assertThat(exchange.closedWithin(500)).isFalse();
                        exchange.chunk(LIMITED);
                        exchange.lastChunk();
                    } else {
                        exchange.json(
                                400, "{\n\"error\":{\"message\":\"no such\",\"type\":\"invalid_request_error\"}}");
                    }
                });
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a", "b").build(), BUDGET, SOON)) {
            var answer = RawClient.exchange(plane.port(), RawClient.post(DataPlane.HELLO_STREAM));

            assertThat(answer.body())
                    .contains("data: {\ndata: \"error\":{\"message\":\"no such\"")
                    .doesNotContain("[DONE]");
            assertThat(answer.complete()).isFalse();
        }
    }

    @Test
    void a_stream_of_responses_names_the_event_of_the_providers_own_words() throws Exception {
        var calls = new AtomicInteger();
        try (var provider = new FakeProvider((request, exchange) -> {
                    if (calls.incrementAndGet() == 1) {
                        exchange.streamHead();
                        exchange.chunk("event: response.created\ndata: {\"type\":\"response.created\"}\n\n");
                        assertThat(exchange.closedWithin(500)).isFalse();
                        exchange.chunk("event: error\ndata: {\"type\":\"error\",\"code\":\"rate_limit_exceeded\","
                                + "\"message\":\"Rate limit reached\"}\n\n");
                        exchange.lastChunk();
                    } else {
                        exchange.json(400, "{\"error\":{\"message\":\"no such\",\"type\":\"invalid_request_error\"}}");
                    }
                });
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a", "b").build(), BUDGET, SOON)) {
            var post = RawClient.post("{\"model\":\"gpt-4o\",\"input\":\"hi\",\"stream\":true}");
            var answer = RawClient.exchange(plane.port(), post.replace("/v1/chat/completions", "/v1/responses"));

            assertThat(answer.body()).contains("event: error\ndata: {\"error\":{\"message\":\"no such\"");
        }
    }

    @Test
    void an_answer_that_is_no_stream_after_the_comments_is_an_error_and_not_a_splice() throws Exception {
        var calls = new AtomicInteger();
        try (var provider = new FakeProvider((request, exchange) -> {
                    if (calls.incrementAndGet() == 1) {
                        exchange.streamHead();
                        exchange.chunk(ROLE);
                        assertThat(exchange.closedWithin(500)).isFalse();
                        exchange.chunk(LIMITED);
                        exchange.lastChunk();
                    } else {
                        exchange.json(200, DataPlane.ANSWER);
                    }
                });
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a", "b").build(), BUDGET, SOON)) {
            var answer = RawClient.exchange(plane.port(), RawClient.post(DataPlane.HELLO_STREAM));

            assertThat(answer.body()).contains("upstream_protocol").doesNotContain("chat.completion");
            assertThat(answer.complete()).isFalse();
        }
    }

    @Test
    void an_error_inside_a_200_that_nobody_knows_goes_to_another_key() throws Exception {
        var calls = new AtomicInteger();
        var unheardOf = event("{\"error\":{\"message\":\"flux capacitor misaligned\",\"type\":\"weird\"}}");
        try (var provider = new FakeProvider((request, exchange) -> {
                    var script =
                            calls.incrementAndGet() == 1 ? streaming(ROLE, unheardOf) : streaming(ROLE, TEXT, REST);
                    script.answer(request, exchange);
                });
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a", "b").build())) {
            assertThat(plane.chat(DataPlane.HELLO_STREAM).body()).isEqualTo(ROLE + TEXT + REST);
        }
    }

    @Test
    void a_client_that_waits_for_a_key_before_any_provider_took_its_call_still_gets_an_honest_status()
            throws Exception {
        try (var provider = new FakeProvider((request, exchange) ->
                        exchange.json(429, "{\"error\":{\"code\":\"rate_limit_exceeded\"}}", "retry-after: 1"));
                var plane = new DataPlane(
                        new Configs()
                                .waiting(1_500, 10)
                                .pool("main", provider.url(), "a")
                                .build(),
                        BUDGET,
                        SOON)) {
            var answer = plane.chat(DataPlane.HELLO_STREAM);

            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("x-fairlead-error")).contains("keys_exhausted");
        }
    }
}
