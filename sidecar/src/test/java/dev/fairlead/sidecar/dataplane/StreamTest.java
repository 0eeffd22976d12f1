package dev.fairlead.sidecar.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Streams: what the provider sends, no more and no less, and an honest end. */
class StreamTest {
    private static final String ROLE = event("{\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\","
            + "\"content\":\"\"},\"finish_reason\":null}]}");
    private static final String TEXT =
            event("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello\"},\"finish_reason\":null}]}");
    private static final String FINISH = event("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}");
    private static final String USAGE =
            event("{\"choices\":[],\"usage\":{\"prompt_tokens\":9," + "\"completion_tokens\":3,\"total_tokens\":12}}");
    private static final String DONE = event("[DONE]");

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

    @Test
    void usage_is_asked_for_counted_and_kept_from_a_client_that_did_not_ask() throws Exception {
        try (var provider = new FakeProvider(streaming(ROLE, TEXT, FINISH, USAGE, DONE));
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a").build())) {
            var answer = plane.chat(DataPlane.HELLO_STREAM);

            assertThat(answer.body()).isEqualTo(ROLE + TEXT + FINISH + DONE);
            assertThat(provider.requests().get(0).body()).contains("\"stream_options\":{\"include_usage\":true}");
            await().untilAsserted(() -> assertThat(plane.records()).hasSize(1));
            assertThat(plane.records().get(0))
                    .contains("\"inputTokens\":9", "\"outputTokens\":3", "\"finishReason\":\"stop\"");
        }
    }

    @Test
    void a_client_that_asked_for_usage_gets_it() throws Exception {
        try (var provider = new FakeProvider(streaming(ROLE, TEXT, FINISH, USAGE, DONE));
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a").build())) {
            var answer = plane.chat(DataPlane.HELLO_STREAM.replace(
                    "\"stream\":true", "\"stream\":true,\"stream_options\":{\"include_usage\":true}"));

            assertThat(answer.body()).isEqualTo(ROLE + TEXT + FINISH + USAGE + DONE);
        }
    }

    @Test
    void an_error_inside_a_200_before_any_content_goes_to_another_key() throws Exception {
        var calls = new AtomicInteger();
        try (var provider = new FakeProvider((request, exchange) -> {
                    if (calls.incrementAndGet() == 1) {
                        streaming(
                                        ROLE,
                                        event("{\"error\":{\"message\":\"Rate limit reached\",\"type\":\"tokens\","
                                                + "\"code\":\"rate_limit_exceeded\"}}"))
                                .answer(request, exchange);
                    } else {
                        streaming(ROLE, TEXT, FINISH, DONE).answer(request, exchange);
                    }
                });
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a", "b").build())) {
            assertThat(plane.chat(DataPlane.HELLO_STREAM).body()).isEqualTo(ROLE + TEXT + FINISH + DONE);
            assertThat(calls).hasValue(2);
        }
    }

    @Test
    void a_stream_that_is_cut_after_content_ends_in_an_error_event_and_a_broken_connection() throws Exception {
        for (boolean reset : new boolean[] {false, true}) {
            try (var provider = new FakeProvider((request, exchange) -> {
                        exchange.streamHead();
                        exchange.chunk(ROLE);
                        exchange.chunk(TEXT);
                        if (reset) {
                            exchange.reset();
                        } else {
                            exchange.close();
                        }
                    });
                    var plane = new DataPlane(
                            new Configs().pool("main", provider.url(), "a", "b").build())) {
                var answer = RawClient.exchange(plane.port(), RawClient.post(DataPlane.HELLO_STREAM));

                assertThat(answer.body()).contains("Hello").contains("\"code\":\"upstream_error\"");
                assertThat(answer.body()).doesNotContain("[DONE]");
                assertThat(answer.complete()).isFalse();
                await().untilAsserted(() -> assertThat(plane.records()).hasSize(1));
                assertThat(plane.records().get(0)).contains("\"outcome\":\"failed\"", "\"error\":\"upstream_error\"");
            }
        }
    }

    @Test
    void a_stream_that_ends_without_a_finish_is_an_error() throws Exception {
        try (var provider = new FakeProvider(streaming(ROLE, TEXT));
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a").build())) {
            var answer = RawClient.exchange(plane.port(), RawClient.post(DataPlane.HELLO_STREAM));

            assertThat(answer.body()).contains("upstream_error").doesNotContain("[DONE]");
            assertThat(answer.complete()).isFalse();
        }
    }

    @Test
    void a_stream_that_falls_silent_is_cut_after_the_routes_idle_time() throws Exception {
        try (var provider = new FakeProvider((request, exchange) -> {
                    exchange.streamHead();
                    exchange.chunk(ROLE);
                    exchange.chunk(TEXT);
                    exchange.closedWithin(10_000);
                });
                var plane = new DataPlane(new Configs()
                        .timeouts(10_000, 1_000, 5_000, 300)
                        .pool("main", provider.url(), "a")
                        .build())) {
            var answer = RawClient.exchange(plane.port(), RawClient.post(DataPlane.HELLO_STREAM));

            assertThat(answer.body()).contains("upstream_timeout");
            await().untilAsserted(() ->
                    assertThat(provider.closedByPeer() + provider.connections()).isPositive());
        }
    }

    @Test
    void no_first_byte_in_time_is_a_504() throws Exception {
        try (var provider = new FakeProvider((request, exchange) -> exchange.closedWithin(10_000));
                var plane = new DataPlane(new Configs()
                        .timeouts(10_000, 1_000, 300, 5_000)
                        .pool("main", provider.url(), "a")
                        .build())) {
            var answer = plane.chat(DataPlane.HELLO_STREAM);

            assertThat(answer.statusCode()).isEqualTo(504);
            assertThat(answer.headers().firstValue("x-fairlead-error")).contains("upstream_timeout");
        }
    }

    @Test
    void the_first_event_reaches_the_client_while_the_provider_is_still_writing() throws Exception {
        var clientHasText = new CountDownLatch(1);
        try (var provider = new FakeProvider((request, exchange) -> {
                    exchange.streamHead();
                    exchange.chunk(ROLE);
                    exchange.chunk(TEXT);
                    assertThat(clientHasText.await(5, TimeUnit.SECONDS)).isTrue();
                    exchange.chunk(FINISH + DONE);
                    exchange.lastChunk();
                });
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a").build())) {
            var answer = plane.client()
                    .send(
                            plane.request("/v1/chat/completions", DataPlane.HELLO_STREAM),
                            HttpResponse.BodyHandlers.ofInputStream());
            var first = new String(answer.body().readNBytes((ROLE + TEXT).length()), StandardCharsets.UTF_8);
            clientHasText.countDown();

            assertThat(first).isEqualTo(ROLE + TEXT);
            assertThat(new String(answer.body().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(FINISH + DONE);
        }
    }

    @Test
    void a_client_that_leaves_closes_the_provider_within_200_ms_in_every_phase() throws Exception {
        for (var phase : new String[] {"first byte", "role", "content", "whole"}) {
            var closed = new AtomicBoolean();
            var reached = new CountDownLatch(1);
            try (var provider = new FakeProvider((request, exchange) -> {
                        if (phase.equals("role")) {
                            exchange.streamHead();
                            exchange.chunk(ROLE);
                        } else if (phase.equals("content")) {
                            exchange.streamHead();
                            exchange.chunk(ROLE + TEXT);
                        } else if (phase.equals("whole")) {
                            exchange.raw("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{\"a\":");
                        }
                        reached.countDown();
                        closed.set(exchange.closedWithin(5_000));
                    });
                    var plane = new DataPlane(
                            new Configs().pool("main", provider.url(), "a").build())) {
                var body = phase.equals("whole") ? DataPlane.HELLO : DataPlane.HELLO_STREAM;
                var client = RawClient.open(plane.port());
                client.getOutputStream().write(RawClient.post(body).getBytes(StandardCharsets.UTF_8));
                assertThat(reached.await(5, TimeUnit.SECONDS)).isTrue();
                long left = System.nanoTime();
                client.close();
                await().atMost(2, TimeUnit.SECONDS)
                        .pollInterval(java.time.Duration.ofMillis(5))
                        .untilTrue(closed);

                assertThat((System.nanoTime() - left) / 1_000_000).as(phase).isLessThan(200);
                await().untilAsserted(() -> assertThat(plane.records()).hasSize(1));
                assertThat(plane.records().get(0)).contains("\"outcome\":\"cancelled\"", "\"status\":499");
                assertThat(plane.admin("/debug/keys")).contains("\"inFlight\" : 0");
            }
        }
    }

    @Test
    void a_slow_client_slows_the_provider_and_nothing_piles_up() throws Exception {
        var written = new AtomicInteger();
        var big = event("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + "x".repeat(60_000)
                + "\"},\"finish_reason\":null}]}");
        try (var provider = new FakeProvider((request, exchange) -> {
                    exchange.streamHead();
                    for (int i = 0; i < 400; i++) {
                        exchange.chunk(big);
                        written.incrementAndGet();
                    }
                    exchange.chunk(FINISH + DONE);
                    exchange.lastChunk();
                });
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a").build())) {
            try (var client = RawClient.open(plane.port())) {
                client.getOutputStream()
                        .write(RawClient.post(DataPlane.HELLO_STREAM).getBytes(StandardCharsets.UTF_8));
                var before = new AtomicInteger(-1);
                // Written amounts stand still: the provider is blocked by our not reading, long before all 24 MB.
                await().pollInterval(java.time.Duration.ofMillis(300))
                        .until(() -> written.get() > 0 && before.getAndSet(written.get()) == written.get());
                assertThat(written.get()).isLessThan(300);
                assertThat(RawClient.readAll(client).body()).endsWith(DONE + "\r\n0\r\n\r\n");
            }
        }
    }

    @Test
    void garbage_in_place_of_an_answer_is_a_502() throws Exception {
        try (var provider = new FakeProvider((request, exchange) -> {
                    exchange.raw("this is not http at all\r\n\r\n");
                    exchange.close();
                });
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a").build())) {
            assertThat(plane.chat(DataPlane.HELLO).statusCode()).isEqualTo(502);
        }
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(200, "<html>hi</html>"));
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a").build())) {
            var answer = plane.chat(DataPlane.HELLO);
            assertThat(answer.statusCode()).isEqualTo(502);
            assertThat(answer.headers().firstValue("x-fairlead-error")).contains("upstream_protocol");
        }
    }

    @Test
    void an_answer_that_breaks_off_never_looks_whole() throws Exception {
        try (var provider = new FakeProvider((request, exchange) -> {
                    exchange.raw("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 200000\r\n\r\n");
                    exchange.raw("{\"a\":\"" + "x".repeat(150_000));
                    exchange.close();
                });
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a").build())) {
            assertThatThrownBy(() -> plane.chat(DataPlane.HELLO)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_client_that_leaves_while_waiting_for_a_key_leaves_its_place() throws Exception {
        try (var provider = new FakeProvider((request, exchange) ->
                        exchange.json(429, "{\"error\":{\"code\":\"rate_limit_exceeded\"}}", "retry-after: 8"));
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a").build())) {
            var client = RawClient.open(plane.port());
            client.getOutputStream().write(RawClient.post(DataPlane.HELLO).getBytes(StandardCharsets.UTF_8));
            await().untilAsserted(() -> assertThat(plane.admin("/debug/keys")).contains("\"waiting\" : 1"));
            client.close();

            await().untilAsserted(() -> assertThat(plane.admin("/debug/keys")).contains("\"waiting\" : 0"));
            await().untilAsserted(() -> assertThat(plane.records()).hasSize(1));
            assertThat(plane.records().get(0))
                    .contains("\"outcome\":\"cancelled\"")
                    .as("the wait is counted")
                    .doesNotContain("\"waitMs\":0,\"durationMs\"");
        }
    }

    @Test
    void a_deadline_of_the_client_ends_the_call_in_every_phase() throws Exception {
        try (var silent = new FakeProvider((request, exchange) -> exchange.closedWithin(10_000));
                var plane = new DataPlane(
                        new Configs().pool("main", silent.url(), "a").build())) {
            var answer = plane.chat(DataPlane.HELLO, "x-fairlead-timeout-ms", "300");
            assertThat(answer.statusCode()).isEqualTo(504);
            assertThat(answer.headers().firstValue("x-fairlead-error")).contains("deadline_exceeded");
            assertThat(plane.admin("/debug/keys")).contains("\"inFlight\" : 0");
            assertThat(plane.admin("/metrics")).as("nothing is held any more").contains("_budget_used_bytes 0.0");
        }
    }
}
