package dev.fairlead.sidecar.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one caller gets wrong is told to that caller: no key, account or model rests for it. */
class OneCallersFaultTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STREAM_HEAD =
            "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,"
                    + "\"delta\":{\"role\":\"assistant\"}}]}\n\n";

    /** A provider that repeats the role that it does not know, and answers everything else. */
    private static FakeProvider.Script repeats() {
        return (request, exchange) -> {
            var role = JSON.readTree(request.body()).at("/messages/0/role").asText();
            if (role.equals("user")) {
                exchange.json(200, DataPlane.ANSWER);
            } else {
                exchange.json(400, error("Invalid value: '" + role + "'. Supported values are: 'system', 'user'."));
            }
        };
    }

    private static String error(String message) {
        return "{\"error\":{\"message\":\"" + message
                + "\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}";
    }

    private static String saying(String role) {
        return "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"" + role + "\",\"content\":\"Hi\"}]}";
    }

    private static HttpResponse<String> respond(DataPlane plane, String body) throws Exception {
        return plane.client().send(plane.request("/v1/responses", body), HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "credit balance",
                "invalid api key",
                "not available in your region",
                "organization has been disabled",
                "unknown model",
                "model has been retired"
            })
    void what_a_provider_repeats_of_a_call_is_told_to_its_caller_alone(String role) throws Exception {
        try (var provider = new FakeProvider(repeats());
                var plane = new DataPlane(new Configs()
                        .pool("main", provider.url(), "a", "b", "c")
                        .build())) {
            var answer = plane.chat(saying(role));
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("Invalid value: '" + role + "'");
            assertThat(provider.requests()).hasSize(1);
            for (int i = 0; i < 3; i++) {
                assertThat(plane.chat(DataPlane.HELLO).statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void a_prompt_about_the_same_hides_no_empty_account() throws Exception {
        var asked = "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"system\",\"content\":"
                + "\"You answer questions about the customer's credit balance.\"},{\"role\":\"user\",\"content\":\"Hi\"}]}";
        var empty = error("Your credit balance is too low to access the API. Please go to Plans & Billing.");
        try (var provider = new FakeProvider((request, exchange) -> {
                    if (isEmpty(request)) {
                        exchange.json(400, empty);
                    } else {
                        exchange.json(200, DataPlane.ANSWER);
                    }
                });
                var plane = new DataPlane(new Configs()
                        .pool("main", provider.url(), "a", "b", "c")
                        .build())) {
            for (int i = 0; i < 12; i++) {
                assertThat(plane.chat(asked).statusCode()).isEqualTo(200);
            }
            assertThat(provider.requests().stream().filter(OneCallersFaultTest::isEmpty))
                    .hasSize(1);
        }
    }

    private static boolean isEmpty(FakeProvider.Request request) {
        return request.headers().get("authorization").endsWith("sk-main-b");
    }

    @Test
    void nor_does_it_count_when_it_comes_in_a_stream() throws Exception {
        var event =
                STREAM_HEAD + "data: {\"error\":{\"message\":\"Invalid value: 'invalid api key'.\",\"code\":400}}\n\n";
        try (var provider = new FakeProvider((request, exchange) -> {
                    exchange.streamHead();
                    exchange.chunk(event);
                    exchange.lastChunk();
                });
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a", "b").build())) {
            plane.chat(saying("invalid api key").replace("}]}", "}],\"stream\":true}"));
            assertThat(provider.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Prompt with id 'pmpt_nope' not found.",
                "Container with id 'cntr_nope' not found.",
                "Vector store with id 'the model' not found.",
                "No such File object: file-model"
            })
    void an_object_that_is_not_there_says_nothing_of_the_model(String message) throws Exception {
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(404, error(message)));
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a", "b").build())) {
            var answer = respond(plane, "{\"model\":\"gpt-4o\",\"prompt\":{\"id\":\"pmpt_nope\"}}");
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).isEqualTo(error(message));
            assertThat(provider.requests()).hasSize(1);
            provider.now((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
            assertThat(plane.chat(DataPlane.HELLO).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void what_is_not_found_and_names_no_model_is_tried_elsewhere_and_lets_nothing_rest() throws Exception {
        try (var provider =
                        new FakeProvider((request, exchange) -> exchange.json(404, error("Nothing by that name.")));
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a", "b").build())) {
            assertThat(plane.chat(DataPlane.HELLO).statusCode()).isEqualTo(404);
            assertThat(provider.requests()).hasSize(2);
            provider.now((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
            assertThat(plane.chat(DataPlane.HELLO).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void tool_servers_that_do_not_answer_do_not_close_the_provider() throws Exception {
        var silent =
                "{\"error\":{\"message\":\"Error retrieving tool list from MCP server: 'x'. Http status code: 424 (Failed"
                        + " Dependency)\",\"type\":\"external_connector_error\",\"param\":\"tools\",\"code\":\"http_error\"}}";
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(424, silent));
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a").build())) {
            for (int i = 0; i < 20; i++) {
                assertThat(respond(plane, "{\"model\":\"gpt-4o\",\"input\":\"Hi\"}")
                                .statusCode())
                        .isEqualTo(424);
            }
            provider.now((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
            assertThat(plane.chat(DataPlane.HELLO).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_key_without_the_scope_for_one_call_serves_the_others() throws Exception {
        var unscoped =
                error("You have insufficient permissions for this operation. Missing scopes: api.responses.write.");
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(401, unscoped));
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a").build())) {
            var answer = respond(plane, "{\"model\":\"gpt-4o\",\"input\":\"Hi\"}");
            assertThat(answer.statusCode()).isEqualTo(503);
            provider.now((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
            assertThat(plane.chat(DataPlane.HELLO).statusCode()).isEqualTo(200);
        }
    }
}
