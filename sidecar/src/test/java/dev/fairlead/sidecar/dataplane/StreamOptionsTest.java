package dev.fairlead.sidecar.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The one field that we add to a request: a provider that does not take it is asked without, and only that one. */
class StreamOptionsTest {
    private static final String STREAM = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello\"},"
            + "\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

    private static String unknown(String name) {
        return "{\"error\":{\"message\":\"Unknown parameter: '" + name + "'.\",\"type\":\"invalid_request_error\","
                + "\"param\":\"" + name + "\",\"code\":\"unknown_parameter\"}}";
    }

    /** Calls with this text are refused for a field of this name. */
    private static FakeProvider refusing(String text, String name) {
        return new FakeProvider((request, exchange) -> {
            if (request.body().contains(text)) {
                exchange.json(400, unknown(name));
            } else {
                exchange.streamHead();
                exchange.chunk(STREAM);
                exchange.lastChunk();
            }
        });
    }

    private static DataPlane plane(FakeProvider provider) throws Exception {
        return new DataPlane(new Configs().pool("main", provider.url(), "a").build());
    }

    @Test
    void a_provider_that_does_not_know_stream_options_is_asked_again_without() throws Exception {
        try (var provider = refusing("stream_options", "stream_options");
                var plane = plane(provider)) {
            assertThat(plane.chat(DataPlane.HELLO_STREAM).body()).isEqualTo(STREAM);
            assertThat(plane.chat(DataPlane.HELLO_STREAM).body()).isEqualTo(STREAM);
            assertThat(provider.requests()).hasSize(3);
        }
    }

    @Test
    void a_provider_that_says_so_inside_a_200_too() throws Exception {
        try (var provider = new FakeProvider((request, exchange) -> {
                    if (request.body().contains("stream_options")) {
                        exchange.json(
                                200,
                                "{\"error\":{\"message\":\"stream_options: Extra inputs are not permitted\",\"code\":400}}");
                    } else {
                        exchange.streamHead();
                        exchange.chunk(STREAM);
                        exchange.lastChunk();
                    }
                });
                var plane = plane(provider)) {
            assertThat(plane.chat(DataPlane.HELLO_STREAM).body()).isEqualTo(STREAM);
            assertThat(provider.requests()).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"stream_options_note\":1 | stream_options_note",
                "\"my-stream_options\":1 | my-stream_options",
                "\"tool_choice\":\"stream_options\" | stream_options",
                "\"stream_options\":{\"verbose\":1} | stream_options.verbose"
            })
    void what_a_client_has_sent_itself_is_refused_once_and_costs_nobody_the_count(String field, String name)
            throws Exception {
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(400, unknown(name)));
                var plane = plane(provider)) {
            var answer = plane.chat(DataPlane.HELLO_STREAM.replace("\"stream\":", field + ",\"stream\":"));
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).isEqualTo(unknown(name));
            assertThat(provider.requests()).hasSize(1);

            plane.chat(DataPlane.HELLO_STREAM);
            assertThat(provider.requests().get(1).body()).contains("\"include_usage\":true");
        }
    }

    @Test
    void a_refusal_that_is_repeated_without_the_field_was_none() throws Exception {
        try (var provider = refusing("mystery", "stream_options");
                var plane = plane(provider)) {
            var answer = plane.chat(DataPlane.HELLO_STREAM.replace("hi", "mystery"));
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(provider.requests()).as("with the field, and without").hasSize(2);

            plane.chat(DataPlane.HELLO_STREAM);
            assertThat(provider.requests().get(2).body()).contains("\"include_usage\":true");
        }
    }
}
