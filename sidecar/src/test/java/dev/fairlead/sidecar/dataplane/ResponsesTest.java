package dev.fairlead.sidecar.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Responses pass through, and what one account alone has is asked of that account. */
class ResponsesTest {
    private static final String LIMITED =
            "{\"error\":{\"message\":\"Rate limit reached\",\"type\":\"requests\",\"code\":\"rate_limit_exceeded\"}}";
    private static final String CREATED =
            event("response.created", 0, "\"response\":{\"id\":\"resp_s\",\"status\":\"in_progress\"}");
    private static final String DELTA = event("response.output_text.delta", 1, "\"delta\":\"Hello\"");
    private static final String COMPLETED = event(
            "response.completed",
            2,
            "\"response\":{\"id\":\"resp_s\",\"status\":\"completed\",\"usage\":{\"input_tokens\":9,"
                    + "\"input_tokens_details\":{\"cached_tokens\":4},\"output_tokens\":3,"
                    + "\"output_tokens_details\":{\"reasoning_tokens\":1},\"total_tokens\":12}}");

    /** Accounts that each know the responses they have made, and nobody else's. */
    private static final class Accounts implements FakeProvider.Script {
        private final Map<String, String> holders = new ConcurrentHashMap<>();
        private final AtomicInteger made = new AtomicInteger();

        @Override
        public void answer(FakeProvider.Request request, FakeProvider.Exchange exchange) throws IOException {
            var body = new ObjectMapper().readTree(request.body());
            var account = account(request);
            var previous = body.path("previous_response_id").asText(null);
            if (previous != null && !account.equals(holders.get(previous))) {
                exchange.json(400, notFound(previous));
                return;
            }
            for (var item : body.path("input")) {
                var sealed = item.path("encrypted_content").asText(null);
                if (sealed != null && !sealed.startsWith("sealed by " + account)) {
                    exchange.json(
                            400,
                            "{\"error\":{\"message\":\"The encrypted content seal...ed could not be verified.\","
                                    + "\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"invalid_encrypted_content\"}}");
                    return;
                }
            }
            int number = made.incrementAndGet();
            holders.put("resp_" + number, account);
            exchange.json(200, response("resp_" + number, "sealed by " + account + " " + number));
        }
    }

    private static String account(FakeProvider.Request request) {
        var key = request.header("authorization");
        return key.substring(key.lastIndexOf('-') + 1);
    }

    private static String notFound(String id) {
        return "{\"error\":{\"message\":\"Previous response with id '" + id + "' not found.\","
                + "\"type\":\"invalid_request_error\",\"param\":\"previous_response_id\",\"code\":\"previous_response_not_found\"}}";
    }

    private static String response(String id, String sealed) {
        return "{\"id\":\"" + id
                + "\",\"object\":\"response\",\"status\":\"completed\",\"error\":null,\"output\":[{\"id\":\"rs_"
                + id + "\",\"type\":\"reasoning\",\"summary\":[],\"encrypted_content\":\"" + sealed
                + "\"},{\"id\":\"msg_" + id + "\",\"type\":\"message\",\"role\":\"assistant\",\"content\":[{\"type\":"
                + "\"output_text\",\"text\":\"Hello\"}]}],\"usage\":{\"input_tokens\":9,\"output_tokens\":3,\"total_tokens\":12}}";
    }

    private static String event(String type, int number, String fields) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\",\"sequence_number\":" + number + "," + fields
                + "}\n\n";
    }

    private static String after(String id) {
        return "{\"model\":\"gpt-4o\",\"input\":\"and?\",\"previous_response_id\":\"" + id + "\"}";
    }

    private static HttpResponse<String> respond(DataPlane plane, String body) throws Exception {
        return plane.client().send(plane.request("/v1/responses", body), HttpResponse.BodyHandlers.ofString());
    }

    private static String idOf(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body()).path("id").asText();
    }

    @Test
    void a_response_passes_through_as_it_is_and_is_counted() throws Exception {
        try (var provider = new FakeProvider(new Accounts());
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a").build())) {
            String body = "{\"model\":\"gpt-4o\",\"input\":\"hi\",\"stream\":false}";
            var answer = respond(plane, body);

            assertThat(answer.body()).isEqualTo(response("resp_1", "sealed by a 1"));
            assertThat(provider.requests().get(0).line()).startsWith("POST /v1/responses ");
            assertThat(provider.requests().get(0).body()).isEqualTo(body);
            await().untilAsserted(() -> assertThat(plane.records()).hasSize(1));
            assertThat(plane.records().get(0))
                    .contains(
                            "\"endpoint\":\"Responses\"",
                            "\"inputTokens\":9",
                            "\"outputTokens\":3",
                            "\"finishReason\":\"completed\"");
        }
    }

    @Test
    void every_turn_of_a_conversation_goes_to_the_account_that_made_the_turn_before() throws Exception {
        try (var provider = new FakeProvider(new Accounts());
                var plane = new DataPlane(new Configs()
                        .pool("main", provider.url(), "a", "b", "c", "d")
                        .build())) {
            for (int conversation = 0; conversation < 8; conversation++) {
                var id = idOf(respond(plane, "{\"model\":\"gpt-4o\",\"input\":\"hi\"}"));
                for (int turn = 0; turn < 5; turn++) {
                    id = idOf(respond(plane, after(id)));
                }
            }
            assertThat(provider.requests()).as("nobody was asked in vain").hasSize(48);
            assertThat(provider.requests().stream().map(ResponsesTest::account).distinct())
                    .hasSizeGreaterThan(1);
        }
    }

    @Test
    void reasoning_goes_back_to_the_account_that_sealed_it() throws Exception {
        try (var provider = new FakeProvider(new Accounts());
                var plane = new DataPlane(new Configs()
                        .pool("main", provider.url(), "a", "b", "c", "d")
                        .build())) {
            for (int i = 0; i < 8; i++) {
                var first = new ObjectMapper()
                        .readTree(respond(plane, "{\"model\":\"gpt-4o\",\"input\":\"hi\",\"store\":false}")
                                .body());
                var sealed =
                        first.path("output").path(0).path("encrypted_content").asText();
                idOf(respond(
                        plane,
                        "{\"model\":\"gpt-4o\",\"store\":false,\"input\":[{\"type\":\"reasoning\",\"summary\":[],"
                                + "\"encrypted_content\":\"" + sealed
                                + "\"},{\"role\":\"user\",\"content\":\"and?\"}]}"));
            }
            assertThat(provider.requests()).hasSize(16);
        }
    }

    @Test
    void an_account_that_nobody_knows_any_more_is_found_by_asking_and_remembered() throws Exception {
        var accounts = new Accounts();
        accounts.holders.put("resp_old", "c");
        try (var provider = new FakeProvider(accounts);
                var plane = new DataPlane(new Configs()
                        .pool("main", provider.url(), "a", "b", "c")
                        .build())) {
            idOf(respond(plane, after("resp_old")));
            int asked = provider.requests().size();
            assertThat(asked).isLessThanOrEqualTo(3);

            idOf(respond(plane, after("resp_old")));
            assertThat(provider.requests()).hasSize(asked + 1);
        }
    }

    @Test
    void it_is_looked_for_in_the_pools_of_other_targets_too() throws Exception {
        var accounts = new Accounts();
        accounts.holders.put("resp_old", "z");
        try (var provider = new FakeProvider(accounts);
                var plane = new DataPlane(new Configs()
                        .pool("main", provider.url(), "a", "b")
                        .pool("backup", provider.url(), "z")
                        .build())) {
            var answer = respond(plane, after("resp_old"));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("x-fairlead-target")).contains("backup");
            idOf(respond(plane, after(idOf(answer))));
            assertThat(provider.requests()).hasSize(4);
        }
    }

    @Test
    void what_no_account_has_is_lost_and_the_client_is_told_what_to_do() throws Exception {
        try (var provider = new FakeProvider(new Accounts());
                var plane = new DataPlane(new Configs()
                        .pool("main", provider.url(), "a", "b", "c")
                        .build())) {
            var answer = respond(plane, after("resp_never"));

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.headers().firstValue("x-fairlead-error")).contains("stateful_pin_lost");
            assertThat(answer.headers().firstValue("x-should-retry")).contains("false");
            assertThat(answer.body())
                    .contains("\"type\":\"invalid_request_error\"", "Send the whole conversation instead.");
            assertThat(provider.requests().stream().map(ResponsesTest::account))
                    .containsExactlyInAnyOrder("a", "b", "c");
        }
    }

    @Test
    void an_account_that_made_it_and_has_forgotten_it_is_believed() throws Exception {
        var accounts = new Accounts();
        try (var provider = new FakeProvider(accounts);
                var plane = new DataPlane(new Configs()
                        .pool("main", provider.url(), "a", "b", "c")
                        .build())) {
            var id = idOf(respond(plane, "{\"model\":\"gpt-4o\",\"input\":\"hi\"}"));
            accounts.holders.clear();

            var answer = respond(plane, after(id));
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).isEqualTo(notFound(id));
            assertThat(provider.requests()).hasSize(2);
        }
    }

    @Test
    void a_call_waits_for_its_account_and_never_goes_elsewhere() throws Exception {
        var accounts = new Accounts();
        var limited = new AtomicInteger();
        try (var provider = new FakeProvider(accounts);
                var plane = new DataPlane(new Configs()
                        .pool("main", provider.url(), "a", "b", "c")
                        .build())) {
            var id = idOf(respond(plane, "{\"model\":\"gpt-4o\",\"input\":\"hi\"}"));
            var holder = account(provider.requests().get(0));
            provider.now((request, exchange) -> {
                if (account(request).equals(holder) && limited.getAndIncrement() == 0) {
                    exchange.json(429, LIMITED, "retry-after-ms: 300");
                } else {
                    accounts.answer(request, exchange);
                }
            });

            var answer = respond(plane, after(id));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("x-fairlead-wait-ms")).isPresent();
            assertThat(provider.requests().stream().map(ResponsesTest::account)).containsOnly(holder);
        }
    }

    @Test
    void pins_survive_a_new_configuration_and_an_account_that_has_left_is_named() throws Exception {
        try (var provider = new FakeProvider(new Accounts());
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a").build())) {
            var id = idOf(respond(plane, "{\"model\":\"gpt-4o\",\"input\":\"hi\"}"));
            plane.apply(
                    new Configs().pool("main", provider.url(), "b", "c", "a").build());
            idOf(respond(plane, after(id)));
            assertThat(provider.requests()).hasSize(2);

            plane.apply(new Configs().pool("main", provider.url(), "b", "c").build());
            var answer = respond(plane, after(id));
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.headers().firstValue("x-fairlead-error")).contains("stateful_pin_lost");
        }
    }

    @Test
    void a_stream_is_counted_pinned_and_not_changed() throws Exception {
        try (var provider = new FakeProvider((request, exchange) -> {
                    exchange.streamHead();
                    for (var event : List.of(CREATED, DELTA, COMPLETED)) {
                        exchange.chunk(event);
                    }
                    exchange.lastChunk();
                });
                var plane = new DataPlane(new Configs()
                        .pool("main", provider.url(), "a", "b", "c", "d")
                        .build())) {
            String body = "{\"model\":\"gpt-4o\",\"input\":\"hi\",\"stream\":true}";
            assertThat(respond(plane, body).body()).isEqualTo(CREATED + DELTA + COMPLETED);
            assertThat(provider.requests().get(0).body()).isEqualTo(body);
            await().untilAsserted(() -> assertThat(plane.records()).hasSize(1));
            assertThat(plane.records().get(0))
                    .contains("\"inputTokens\":9", "\"outputTokens\":3", "\"finishReason\":\"completed\"");

            for (int i = 0; i < 6; i++) {
                respond(plane, after("resp_s"));
            }
            assertThat(provider.requests().stream().map(ResponsesTest::account).distinct())
                    .hasSize(1);
        }
    }

    @Test
    void an_error_inside_a_stream_before_any_content_goes_to_another_account() throws Exception {
        try (var provider = new FakeProvider((request, exchange) -> {
                    exchange.streamHead();
                    exchange.chunk(CREATED);
                    if (account(request).equals("a")) {
                        exchange.chunk(
                                "event: error\ndata: {\"type\":\"error\",\"sequence_number\":2,\"error\":{\"type\":"
                                        + "\"insufficient_quota\",\"code\":\"insufficient_quota\",\"message\":\"You exceeded your current"
                                        + " quota.\",\"param\":null}}\n\n");
                        exchange.chunk(
                                event("response.failed", 3, "\"response\":{\"id\":\"resp_s\",\"status\":\"failed\"}"));
                    } else {
                        exchange.chunk(DELTA);
                        exchange.chunk(COMPLETED);
                    }
                    exchange.lastChunk();
                });
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a", "b").build())) {
            for (int i = 0; i < 6; i++) {
                assertThat(respond(plane, "{\"model\":\"gpt-4o\",\"input\":\"hi\",\"stream\":true}")
                                .body())
                        .isEqualTo(CREATED + DELTA + COMPLETED);
            }
            assertThat(provider.requests().stream().filter(r -> account(r).equals("a")))
                    .hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void a_stream_that_breaks_off_ends_in_an_error_event_and_not_cleanly() throws Exception {
        try (var provider = new FakeProvider((request, exchange) -> {
                    exchange.streamHead();
                    exchange.chunk(CREATED);
                    exchange.chunk(DELTA);
                    exchange.reset();
                });
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a").build())) {
            var raw = RawClient.exchange(
                    plane.port(),
                    RawClient.post("{\"model\":\"gpt-4o\",\"input\":\"hi\",\"stream\":true}")
                            .replace("/v1/chat/completions", "/v1/responses"));

            assertThat(raw.text())
                    .contains("Hello", "event: error\ndata: {\"type\":\"error\",\"sequence_number\":2,")
                    .contains("\"code\":\"upstream_error\"");
            assertThat(raw.complete()).isFalse();
        }
    }

    @Test
    void a_provider_without_responses_is_said_to_have_none() throws Exception {
        try (var provider = new FakeProvider(new Accounts());
                var plane = new DataPlane(new Configs()
                        .provider("Mistral")
                        .pool("main", provider.url(), "a")
                        .build())) {
            var answer = respond(plane, "{\"model\":\"gpt-4o\",\"input\":\"hi\"}");

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("has a provider that offers Responses.");
            assertThat(provider.requests()).isEmpty();
        }
    }
}
