package dev.fairlead.sidecar.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.sidecar.exchange.Patience;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An error that comes with a 200 in place of the answer means what it says, and not what its status says. */
class ErrorInAnswerTest {
    private static final String LIMITED = "{\"error\":{\"message\":\"Rate limit exceeded\",\"code\":429}}";
    private static final String TEXT = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello\"},"
            + "\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
    private static final String RESPONSE = "{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"completed\","
            + "\"error\":null,\"output\":[{\"type\":\"message\",\"id\":\"msg_1\",\"content\":[]}]}";

    private static DataPlane plane(FakeProvider provider, String... keys) throws Exception {
        return new DataPlane(new Configs()
                .provider("OpenRouter")
                .strategy("FillFirst")
                .affinity("None")
                .pool("main", provider.url(), keys)
                .build());
    }

    /** Key a is answered so, every other as it asked for. */
    private static FakeProvider.Script firstKey(String body) {
        return (request, exchange) -> {
            if (request.header("authorization").endsWith("-a")) {
                exchange.json(200, body);
            } else if (request.line().contains("/responses")) {
                exchange.json(200, RESPONSE);
            } else if (request.body().contains("\"stream\":true")) {
                exchange.streamHead();
                exchange.chunk(TEXT);
                exchange.lastChunk();
            } else {
                exchange.json(200, DataPlane.ANSWER);
            }
        };
    }

    private static long askedOf(FakeProvider provider, String key) {
        return provider.requests().stream()
                .filter(request -> request.header("authorization").endsWith(key))
                .count();
    }

    private static HttpResponse<String> respond(DataPlane plane) throws Exception {
        return plane.client()
                .send(
                        plane.request("/v1/responses", "{\"model\":\"gpt-4o\",\"input\":\"hi\"}"),
                        HttpResponse.BodyHandlers.ofString());
    }

    /** Of the call that was answered last. */
    private static String lastRecord(DataPlane plane, int calls) {
        await().untilAsserted(() -> assertThat(plane.records()).hasSize(calls));
        return plane.records().get(calls - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {DataPlane.HELLO, DataPlane.HELLO_STREAM})
    void goes_to_another_key_and_its_own_rests(String call) throws Exception {
        try (var provider = new FakeProvider(firstKey(LIMITED));
                var plane = plane(provider, "a", "b")) {
            for (int i = 0; i < 3; i++) {
                var answer = plane.chat(call);
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body()).contains("Hello").doesNotContain("Rate limit");
            }
            assertThat(askedOf(provider, "-a")).as("its account rests").isEqualTo(1);
            assertThat(plane.admin("/metrics")).contains("class=\"rate_limit\"");
        }
    }

    @Test
    void is_a_refusal_with_its_own_status_when_every_key_says_so() throws Exception {
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(200, LIMITED));
                var plane = new DataPlane(new Configs()
                        .provider("OpenRouter")
                        .waiting(0, 10)
                        .pool("main", provider.url(), "a", "b")
                        .build())) {
            var answer = plane.chat(DataPlane.HELLO);

            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("x-fairlead-error")).contains("keys_exhausted");
            assertThat(answer.headers().firstValue("retry-after")).isPresent();
            assertThat(lastRecord(plane, 1)).contains("\"outcome\":\"failed\"", "\"status\":429");
        }
    }

    @Test
    void by_the_callers_fault_comes_with_the_status_that_it_names_and_is_not_repeated() throws Exception {
        var fault = "{\"error\":{\"message\":\"messages: at least one message is required\",\"code\":400}}";
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(200, fault));
                var plane = plane(provider, "a", "b")) {
            var answer = plane.chat(DataPlane.HELLO);

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).isEqualTo(fault);
            assertThat(answer.headers().firstValue("x-should-retry")).contains("false");
            assertThat(provider.requests()).hasSize(1);
            assertThat(lastRecord(plane, 1)).contains("\"outcome\":\"failed\"", "\"status\":400");
        }
    }

    @Test
    void is_not_what_a_model_says_about_errors() throws Exception {
        var said = "{\"choices\":[{\"index\":0,\"error\":null,\"message\":{\"role\":\"assistant\",\"error\":"
                + "{\"code\":429},\"content\":\"{\\\"error\\\":{\\\"code\\\":429}}\"},\"finish_reason\":\"stop\"}],"
                + "\"error\":null,\"metadata\":{\"error\":{\"message\":\"Rate limit exceeded\",\"code\":429}}}";
        try (var provider = new FakeProvider(firstKey(said));
                var plane = plane(provider, "a", "b")) {
            var answer = plane.chat(DataPlane.HELLO);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(said);
            assertThat(lastRecord(plane, 1)).contains("\"outcome\":\"ok\"");
            assertThat(askedOf(provider, "-b")).isZero();
        }
    }

    @Test
    void beside_an_answer_leaves_the_answer_to_the_client_and_is_recorded() throws Exception {
        var half = DataPlane.ANSWER.replace("\"usage\":", "\"error\":{\"message\":\"cut\",\"code\":502},\"usage\":");
        try (var provider = new FakeProvider(firstKey(half));
                var plane = plane(provider, "a", "b")) {
            assertThat(plane.chat(DataPlane.HELLO).body()).isEqualTo(half);
            assertThat(lastRecord(plane, 1)).contains("\"outcome\":\"failed\"", "\"status\":200", "\"outputTokens\":3");
            assertThat(askedOf(provider, "-b")).isZero();
        }
    }

    @Test
    void of_an_answer_too_large_to_be_held_is_recorded() throws Exception {
        var large = "{\"error\":{\"message\":\"Rate limit exceeded\",\"code\":429},\"debug\":\"" + "x".repeat(100_000)
                + "\"}";
        try (var provider = new FakeProvider(firstKey(large));
                var plane = plane(provider, "a", "b")) {
            var answer = plane.chat(DataPlane.HELLO);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(large);
            assertThat(lastRecord(plane, 1)).contains("\"outcome\":\"failed\"", "\"status\":200");
        }
    }

    @Test
    void of_a_response_that_never_ran_goes_to_another_key() throws Exception {
        var failed = "{\"id\":\"resp_0\",\"object\":\"response\",\"status\":\"failed\",\"error\":{\"code\":"
                + "\"rate_limit_exceeded\",\"message\":\"Rate limit reached\"},\"output\":[],\"usage\":null}";
        try (var provider = new FakeProvider(firstKey(failed));
                var plane = new DataPlane(new Configs()
                        .strategy("FillFirst")
                        .affinity("None")
                        .pool("main", provider.url(), "a", "b")
                        .build())) {
            for (int i = 0; i < 3; i++) {
                assertThat(respond(plane).body()).isEqualTo(RESPONSE);
            }
            assertThat(askedOf(provider, "-a")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"error\":{\"code\":\"server_error\",\"message\":\"It broke.\"},\"output\":[{\"id\":\"rs_1\"}],\"usage\":null",
                "\"error\":{\"code\":\"server_error\",\"message\":\"It broke.\"},\"output\":[],\"usage\":{\"input_tokens\":9,"
                        + "\"output_tokens\":40,\"total_tokens\":49}",
                "\"error\":{\"code\":\"context_length_exceeded\",\"message\":\"Too long.\"},\"output\":[],\"usage\":null"
            })
    void of_a_response_that_ran_or_that_the_caller_has_to_mend_is_the_answer(String how) throws Exception {
        var failed = "{\"id\":\"resp_0\",\"object\":\"response\",\"status\":\"failed\"," + how + "}";
        try (var provider = new FakeProvider(firstKey(failed));
                var plane = new DataPlane(new Configs()
                        .strategy("FillFirst")
                        .affinity("None")
                        .pool("main", provider.url(), "a", "b")
                        .build())) {
            var answer = respond(plane);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(failed);
            assertThat(provider.requests()).hasSize(1);
            assertThat(lastRecord(plane, 1)).contains("\"outcome\":\"failed\"");
        }
    }

    @Test
    void after_comments_of_an_open_stream_goes_to_another_key_and_its_own_rests() throws Exception {
        var calls = new AtomicInteger();
        try (var provider = new FakeProvider((request, exchange) -> {
                    switch (calls.incrementAndGet()) {
                        case 1 -> {
                            exchange.streamHead();
                            exchange.chunk(
                                    "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\"}}]}\n\n");
                            assertThat(exchange.closedWithin(500)).isFalse();
                            exchange.chunk("data: " + LIMITED + "\n\n");
                            exchange.lastChunk();
                        }
                        case 2 -> exchange.json(200, LIMITED);
                        default -> {
                            exchange.streamHead();
                            exchange.chunk(TEXT);
                            exchange.lastChunk();
                        }
                    }
                });
                var plane = new DataPlane(
                        new Configs()
                                .provider("OpenRouter")
                                .pool("main", provider.url(), "a", "b", "c")
                                .build(),
                        64 << 20,
                        new Patience(30_000, 300_000, 60_000, 200))) {
            assertThat(plane.chat(DataPlane.HELLO_STREAM).body()).endsWith(TEXT);
            assertThat(lastRecord(plane, 1)).contains("\"outcome\":\"ok\"");
            assertThat(plane.admin("/metrics")).containsPattern("class=\"rate_limit\".* 2");
        }
    }

    @Test
    void of_a_stream_that_ends_its_choice_with_it_before_any_content_goes_to_another_key() throws Exception {
        var error = "data: {\"error\":{\"code\":429,\"message\":\"Rate limit exceeded\"},\"choices\":[{\"index\":0,"
                + "\"delta\":{\"content\":\"\"},\"finish_reason\":\"error\"}]}\n\n";
        try (var provider = new FakeProvider((request, exchange) -> {
                    exchange.streamHead();
                    exchange.chunk(request.header("authorization").endsWith("-a") ? error : TEXT);
                    exchange.lastChunk();
                });
                var plane = plane(provider, "a", "b")) {
            assertThat(plane.chat(DataPlane.HELLO_STREAM).body()).isEqualTo(TEXT);
            assertThat(provider.requests()).hasSize(2);
        }
    }
}
