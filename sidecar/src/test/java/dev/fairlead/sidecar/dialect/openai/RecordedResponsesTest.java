package dev.fairlead.sidecar.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.sidecar.config.ErrorCode;
import dev.fairlead.sidecar.dialect.TextHash;
import dev.fairlead.sidecar.usage.Usage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Responses of real providers, whole and as streams, cut at every byte. */
class RecordedResponsesTest {
    /** Longer ones are not cut in two at every byte (which takes time squared) but in pieces that have every byte as an edge. */
    private static final int SHORT = 4_000;

    private static final int PIECE = 61;

    @ParameterizedTest
    @MethodSource("streams")
    void passes_on_every_byte_of_a_stream_and_reads_what_is_in_it(Recording recording) {
        byte[] body = recording.body();
        TapRun whole = TapRun.response(body, 0, body.length);

        assertThat(whole.out()).isEqualTo(body);
        assertRead(whole, recording);
        assertThat(TapRun.response(body, 1, 1)).isEqualTo(whole);
        boolean two = body.length <= SHORT;
        for (int cut = 0; cut <= (two ? body.length : PIECE); cut++) {
            assertThat(TapRun.response(body, cut, two ? body.length : PIECE)).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @MethodSource("streams")
    void a_stream_that_stops_before_its_last_event_is_no_success(Recording recording) {
        byte[] body = recording.body();
        int last = new String(body, StandardCharsets.ISO_8859_1).lastIndexOf("data: {");
        int step = Math.max(1, body.length / 400);
        for (int stop = 0; stop < last; stop += step) {
            assertThat(TapRun.responseStoppedAt(body, stop).end)
                    .as("stopped at %s", stop)
                    .isNotEqualTo(StreamEnd.COMPLETE);
        }
    }

    @Test
    void nothing_has_begun_before_the_first_delta() {
        String opening = """
                data: {"type":"response.created","sequence_number":0,"response":{"id":"resp_1","status":"in_progress","error":null,"output":[],"usage":null}}

                data: {"type":"response.in_progress","sequence_number":1,"response":{"id":"resp_1","status":"in_progress"}}

                data: {"type":"response.output_item.added","sequence_number":2,"output_index":0,"item":{"id":"msg_1","type":"message","content":[]}}

                data: {"type":"response.content_part.added","sequence_number":3,"part":{"type":"output_text","text":""}}

                data: {"type":"response.output_text.delta","sequence_number":4,"delta":""}

                """;
        for (String content : List.of(
                "{\"type\":\"response.output_text.delta\",\"delta\":\"Hi\"}",
                "{\"delta\":\"Hi\",\"type\":\"response.reasoning_summary_text.delta\"}",
                "{\"type\":\"response.refusal.delta\",\"delta\":\"No\"}",
                "{\"type\":\"response.function_call_arguments.delta\",\"delta\":\"{\"}",
                "{\"type\":\"response.web_search_call.searching\",\"item_id\":\"ws_1\"}",
                "{\"type\":\"response.completed\",\"response\":{\"status\":\"completed\"}}")) {
            byte[] stream = (opening + "data: " + content + "\n\n").getBytes(StandardCharsets.UTF_8);
            assertThat(TapRun.responseStoppedAt(stream, opening.length()).tap.contentSeen())
                    .isFalse();
            assertThat(TapRun.responseStoppedAt(stream, stream.length).tap.contentSeen())
                    .as(content)
                    .isTrue();
        }
    }

    @Test
    void an_error_may_have_its_fields_at_the_top_or_in_an_object() {
        for (String error : List.of(
                "{\"type\":\"error\",\"code\":\"server_error\",\"message\":\"no\",\"param\":null,\"sequence_number\":1}",
                "{\"type\":\"error\",\"error\":{\"code\":\"server_error\",\"message\":\"no\"}}",
                "{\"type\":\"response.failed\",\"response\":{\"error\":{\"code\":\"server_error\",\"message\":\"no\"}}}")) {
            byte[] stream = ("data: " + error + "\n\n").getBytes(StandardCharsets.UTF_8);
            var run = TapRun.response(stream, 0, stream.length);

            assertThat(run.end).as(error).isEqualTo(StreamEnd.FAILED);
            assertThat(run.tap.contentSeen()).isFalse();
            assertThat(run.tap.error()).isEqualTo(new ProviderError("no", null, "server_error"));
        }
    }

    @Test
    void our_own_error_event_carries_on_the_numbers_and_ends_a_line_that_was_begun() {
        byte[] stream =
                "data: {\"type\":\"response.output_text.delta\",\"sequence_number\":41,\"delta\":\"a\"}\n\ndata: {\"ty"
                        .getBytes(StandardCharsets.UTF_8);
        var tap = new SseTap(AnswerFormat.RESPONSES, new Usage(), false);
        tap.feed(stream, 0, stream.length, (bytes, off, len) -> {});

        assertThat(new String(tap.errorEvent(ErrorCode.UPSTREAM_ERROR, "Broken off."), StandardCharsets.UTF_8))
                .isEqualTo(
                        "\n\nevent: error\ndata: {\"type\":\"error\",\"sequence_number\":42,\"code\":\"upstream_error\","
                                + "\"message\":\"Broken off.\",\"param\":null,\"error\":{\"message\":\"Broken off.\","
                                + "\"type\":\"server_error\",\"param\":null,\"code\":\"upstream_error\"}}\n\n");
    }

    @ParameterizedTest
    @MethodSource("answers")
    void reads_every_whole_response_however_it_is_cut(Recording recording) {
        byte[] body = recording.body();
        String expected = recording.usage() + " "
                + recording.expected().path("finish").path("raw").textValue() + " null";
        for (int cut = 0; cut <= body.length; cut += 1 + body.length / 3_000) {
            var counted = new Usage();
            var scan = new ResponseUsageScanner(AnswerFormat.RESPONSES, counted);
            scan.feed(body, 0, cut);
            scan.feed(body, cut, body.length - cut);

            if (!scan.end() || !expected.equals(counted + " " + scan.finishReason() + " " + scan.error())) {
                fail("cut at %d: %s %s %s, expected %s", cut, counted, scan.finishReason(), scan.error(), expected);
            }
            assertMade(scan.made(), recording);
            assertThat(scan.contentBytes()).isPositive();
        }
    }

    private static void assertRead(TapRun run, Recording recording) {
        JsonNode expected = recording.expected();
        assertThat(run.usage).hasToString(recording.usage().toString());
        assertThat(run.tap.chunks()).isEqualTo(expected.path("events").longValue());
        assertThat(run.tap.finishReason())
                .isEqualTo(expected.path("finish").path("raw").textValue());
        assertThat(run.tap.contentSeen()).isEqualTo(!recording.hasError());
        assertThat(run.tap.garbageSeen()).isFalse();
        assertThat(run.tap.clientWithinEvent()).isFalse();
        assertMade(run.tap.made(), recording);
        if (recording.hasError()) {
            assertThat(run.end).isEqualTo(StreamEnd.FAILED);
            assertThat(run.tap.error().message())
                    .isEqualTo(expected.path("error").path("message").textValue());
            assertThat(run.tap.error().code())
                    .isEqualTo(expected.path("error").path("code").textValue());
        } else {
            assertThat(run.end).isEqualTo(StreamEnd.COMPLETE);
            assertThat(run.tap.finishSeen()).isTrue();
            assertThat(run.tap.contentBytes()).isPositive();
        }
    }

    private static void assertMade(References made, Recording recording) {
        byte[] id = recording.expected().path("response_id").asText().getBytes(StandardCharsets.UTF_8);
        long hash = TextHash.of(id, 0, id.length);
        boolean there = false;
        for (int i = 0; i < made.size(); i++) {
            there |= made.at(i) == hash;
        }
        assertThat(there).as("the response's own id is remembered").isTrue();
    }

    static List<Recording> streams() {
        return Recording.responseStreams();
    }

    static List<Recording> answers() {
        return Recording.responses();
    }
}
