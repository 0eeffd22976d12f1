package dev.fairlead.sidecar.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.sidecar.config.LimitConfig;
import dev.fairlead.sidecar.config.LimitConfig.Unit;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** A provider that counts no tokens: what it said is measured, and the record tells that this is an estimate. */
class EstimatedUsageTest {
    private static final String TEXT = "x".repeat(400);
    private static final String FINISH =
            "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";

    /** What a body of such a length is reckoned at: four bytes to a token. */
    private static String estimate(String body, long output) {
        return "\"usage\":{\"inputTokens\":" + (body.length() + 3) / 4 + ",\"outputTokens\":" + output
                + ",\"estimated\":true}";
    }

    private static String text(String content) {
        return "data: {\"id\":\"" + "i".repeat(200) + "\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + content
                + "\"},\"finish_reason\":null}]}\n\n";
    }

    private static DataPlane before(FakeProvider provider) throws Exception {
        return new DataPlane(new Configs().pool("main", provider.url(), "a").build());
    }

    private static String onlyRecord(DataPlane plane) {
        await().untilAsserted(() -> assertThat(plane.records()).hasSize(1));
        return plane.records().get(0);
    }

    @Test
    void a_stream_is_measured_by_its_text_however_it_is_cut_into_chunks() throws Exception {
        for (int chunks : new int[] {1, 8, 400}) {
            try (var provider = new FakeProvider((request, exchange) -> {
                        exchange.streamHead();
                        for (int i = 0; i < chunks; i++) {
                            exchange.chunk(text(TEXT.substring(0, TEXT.length() / chunks)));
                        }
                        exchange.chunk(FINISH + "data: [DONE]\n\n");
                        exchange.lastChunk();
                    });
                    var plane = before(provider)) {
                assertThat(plane.chat(DataPlane.HELLO_STREAM).statusCode()).isEqualTo(200);
                // The provider was asked for its count, and what it was asked for is no input of the client's.
                assertThat(onlyRecord(plane)).as(chunks + " chunks").contains(estimate(DataPlane.HELLO_STREAM, 100));
            }
        }
    }

    @Test
    void an_answer_is_measured_by_its_text_and_not_by_what_surrounds_it() throws Exception {
        var answer =
                "{\"id\":\"" + "i".repeat(5_000) + "\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\","
                        + "\"content\":\"" + TEXT + "\"},\"finish_reason\":\"stop\"}]}";
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(200, answer));
                var plane = before(provider)) {
            assertThat(plane.chat(DataPlane.HELLO).statusCode()).isEqualTo(200);
            assertThat(onlyRecord(plane)).contains(estimate(DataPlane.HELLO, 100));
        }
    }

    @Test
    void embeddings_have_no_output() throws Exception {
        var body = "{\"model\":\"gpt-4o\",\"input\":\"hi\"}";
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(
                        200, "{\"object\":\"list\",\"data\":[{\"index\":0,\"embedding\":[0.1,0.2,0.3,0.4]}]}"));
                var plane = before(provider)) {
            plane.client().send(plane.request("/v1/embeddings", body), HttpResponse.BodyHandlers.ofString());
            assertThat(onlyRecord(plane)).contains(estimate(body, 0));
        }
    }

    @Test
    void a_stream_that_breaks_off_has_cost_what_was_said_until_then() throws Exception {
        try (var provider = new FakeProvider((request, exchange) -> {
                    exchange.streamHead();
                    exchange.chunk(text(TEXT));
                    exchange.chunk(text(TEXT));
                    exchange.close();
                });
                var plane = before(provider)) {
            RawClient.exchange(plane.port(), RawClient.post(DataPlane.HELLO_STREAM));
            assertThat(onlyRecord(plane)).contains("\"outcome\":\"failed\"", estimate(DataPlane.HELLO_STREAM, 200));
        }
    }

    @Test
    void a_providers_own_count_is_never_replaced() throws Exception {
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
                var plane = before(provider)) {
            plane.chat(DataPlane.HELLO);
            assertThat(onlyRecord(plane))
                    .contains("\"inputTokens\":9,\"outputTokens\":3")
                    .doesNotContain("\"estimated\"");
        }
    }

    @Test
    void limits_are_settled_on_the_estimate() throws Exception {
        var body = DataPlane.HELLO_STREAM.replace("\"stream\":true", "\"stream\":true,\"max_tokens\":10");
        try (var provider = new FakeProvider((request, exchange) -> {
                    exchange.streamHead();
                    exchange.chunk(text("x".repeat(4_000)) + FINISH + "data: [DONE]\n\n");
                    exchange.lastChunk();
                });
                var plane = new DataPlane(new Configs()
                        .limits(new LimitConfig("tpm", Unit.TOKENS, 1_000, 60_000))
                        .pool("main", provider.url(), "a")
                        .build())) {
            assertThat(plane.chat(body).statusCode()).isEqualTo(200);
            assertThat(plane.chat(body).statusCode())
                    .as("one chunk held a thousand tokens")
                    .isEqualTo(429);
        }
    }
}
