package dev.fairlead.sidecar.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
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
}
