package dev.fairlead.sidecar.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.sidecar.exchange.Patience;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Bytes that may wait, and bytes that may be held at all: what is beyond is refused, and everything is given back. */
class MemoryBoundsTest {
    private static final int KIB = 1024;

    /** A request whose body has exactly so many bytes. */
    private static String ofBytes(int bytes) {
        var filler = "x".repeat(bytes - DataPlane.HELLO.length());
        return DataPlane.HELLO.replace("\"hi\"", "\"hi" + filler + "\"");
    }

    private static void isQueueFull(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("x-fairlead-error")).contains("queue_full");
        assertThat(answer.headers().firstValue("retry-after")).isPresent();
        assertThat(answer.headers().firstValue("x-should-retry")).isEmpty();
        assertThat(answer.body()).startsWith("{\"error\":{").contains("\"code\":\"queue_full\"");
    }

    private static void waiting(DataPlane plane, int calls) {
        await().untilAsserted(() -> assertThat(plane.admin("/debug/keys")).contains("\"waiting\" : " + calls));
    }

    private static void holdsNothing(DataPlane plane) {
        await().untilAsserted(() -> assertThat(plane.admin("/metrics")).contains("_budget_used_bytes 0.0"));
    }

    @Test
    void calls_wait_for_a_key_until_their_bodies_fill_the_room_and_the_next_is_refused() throws Exception {
        try (var provider = new FakeProvider((request, exchange) ->
                        exchange.json(429, "{\"error\":{\"code\":\"rate_limit_exceeded\"}}", "retry-after: 3"));
                var plane = new DataPlane(1)) {
            plane.apply(new Configs()
                    .waitingBytes(4_000)
                    .pool("main", provider.url(), "a")
                    .build());
            var first = plane.chatAsync(ofBytes(1_000));
            waiting(plane, 1);
            provider.now((request, exchange) -> exchange.json(200, DataPlane.ANSWER));

            isQueueFull(plane.chat(ofBytes(3_001)));
            var second = plane.chatAsync(ofBytes(2_000));
            waiting(plane, 2);
            isQueueFull(plane.chat(DataPlane.HELLO));
            assertThat(provider.requests()).as("nobody else has called").hasSize(1);

            assertThat(first.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            assertThat(second.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            holdsNothing(plane);

            provider.now((request, exchange) ->
                    exchange.json(429, "{\"error\":{\"code\":\"rate_limit_exceeded\"}}", "retry-after: 1"));
            var whole = plane.chatAsync(ofBytes(4_000));
            waiting(plane, 1);
            provider.now((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
            assertThat(whole.get(10, TimeUnit.SECONDS).statusCode())
                    .as("the room was empty again")
                    .isEqualTo(200);
        }
    }

    @Test
    void calls_beyond_the_byte_budget_are_refused_and_everything_is_given_back() throws Exception {
        var goOn = new CountDownLatch(1);
        try (var provider = new FakeProvider((request, exchange) -> {
                    goOn.await(10, TimeUnit.SECONDS);
                    exchange.json(200, DataPlane.ANSWER);
                });
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a").build(), 200 * KIB, Patience.USUAL)) {
            var tooLarge = plane.chat(ofBytes(101 * KIB));
            assertThat(tooLarge.statusCode()).as("more than half of the budget").isEqualTo(413);
            assertThat(tooLarge.body()).contains("\"code\":\"request_too_large\"");
            assertThat(tooLarge.headers().firstValue("x-should-retry")).contains("false");
            holdsNothing(plane);

            var running = plane.chatAsync(ofBytes(90 * KIB));
            await().untilAsserted(() -> assertThat(provider.requests()).hasSize(1));
            isQueueFull(plane.chat(ofBytes(80 * KIB)));
            isQueueFull(chunked(plane, ofBytes(80 * KIB)));
            var another = plane.chatAsync(ofBytes(60 * KIB));
            await().untilAsserted(() -> assertThat(provider.requests()).hasSize(2));
            isQueueFull(plane.chat(DataPlane.HELLO));
            assertThat(provider.requests()).as("what was refused was not sent").hasSize(2);

            goOn.countDown();
            assertThat(running.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            assertThat(another.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            holdsNothing(plane);
            assertThat(plane.chat(ofBytes(99 * KIB)).statusCode())
                    .as("there is room again")
                    .isEqualTo(200);
            holdsNothing(plane);
        }
    }

    @Test
    void a_body_that_has_to_be_rewritten_counts_twice() throws Exception {
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
                var plane = new DataPlane(
                        new Configs()
                                .pool("main", provider.url(), "a")
                                .sending("another-name")
                                .build(),
                        200 * KIB,
                        Patience.USUAL)) {
            isQueueFull(plane.chat(ofBytes(95 * KIB)));
            assertThat(provider.requests()).isEmpty();
            holdsNothing(plane);

            assertThat(plane.chat(ofBytes(80 * KIB)).statusCode()).isEqualTo(200);
            holdsNothing(plane);
        }
    }

    @Test
    void a_client_that_leaves_in_the_middle_of_its_upload_gives_its_bytes_back() throws Exception {
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a").build(), 200 * KIB, Patience.USUAL)) {
            try (var client = RawClient.open(plane.port())) {
                var request = RawClient.post(ofBytes(90 * KIB));
                client.getOutputStream()
                        .write(request.substring(0, request.length() / 2).getBytes(StandardCharsets.UTF_8));
                await().untilAsserted(() -> assertThat(plane.admin("/metrics"))
                        .contains("_budget_used_bytes " + (double) ((90 + 20) * KIB)));
            }
            holdsNothing(plane);
            assertThat(provider.requests()).isEmpty();
        }
    }

    @Test
    void the_beginning_of_an_event_that_is_held_back_counts_and_passes_when_there_is_no_room_for_it() throws Exception {
        var text = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello\"},\"finish_reason\":null}]}\n\n";
        var usage = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3,\"total_tokens\":12},"
                + "\"filler\":\"" + "x".repeat(360 * KIB) + "\"}\n\n";
        var done = "data: [DONE]\n\n";
        var goOn = new Semaphore(0);
        try (var provider = new FakeProvider((request, exchange) -> {
                    exchange.streamHead();
                    exchange.chunk(text);
                    exchange.chunk(usage.substring(0, 30 * KIB));
                    goOn.acquire();
                    exchange.chunk(usage.substring(30 * KIB));
                    exchange.chunk(done);
                    exchange.lastChunk();
                });
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a").build(), 400 * KIB, Patience.USUAL)) {
            var alone = plane.chatAsync(DataPlane.HELLO_STREAM);
            await().untilAsserted(() ->
                    assertThat(plane.admin("/metrics")).contains("_budget_used_bytes " + (double) ((20 + 30) * KIB)));
            goOn.release();
            assertThat(alone.get(10, TimeUnit.SECONDS).body())
                    .as("there was room to hold it, and so to leave it out")
                    .isEqualTo(text + done);
            holdsNothing(plane);

            var first = plane.chatAsync(DataPlane.HELLO_STREAM);
            var second = plane.chatAsync(DataPlane.HELLO_STREAM);
            var third = plane.chatAsync(DataPlane.HELLO_STREAM);
            await().untilAsserted(() -> assertThat(plane.admin("/metrics"))
                    .contains("_budget_used_bytes " + (double) ((3 * 20 + 3 * 30) * KIB)));
            goOn.release(3);
            for (var call : List.of(first, second, third)) {
                assertThat(call.get(10, TimeUnit.SECONDS).body()).isIn(text + done, text + usage + done);
            }
            assertThat(first.join().body().length()
                            + second.join().body().length()
                            + third.join().body().length())
                    .as("not all of them could be held whole")
                    .isGreaterThan(360 * KIB);
            holdsNothing(plane);
        }
    }

    /** The same without telling its length beforehand. */
    private static HttpResponse<String> chunked(DataPlane plane, String body) throws Exception {
        var request = java.net.http.HttpRequest.newBuilder(
                        java.net.URI.create("http://127.0.0.1:" + plane.port() + "/v1/chat/completions"))
                .header("content-type", "application/json")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))
                .build();
        return plane.client().send(request, HttpResponse.BodyHandlers.ofString());
    }
}
