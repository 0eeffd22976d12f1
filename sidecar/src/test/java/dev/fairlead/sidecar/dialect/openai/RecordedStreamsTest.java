package dev.fairlead.sidecar.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams of real providers, cut at every byte. */
class RecordedStreamsTest {
    /** Longer ones are not cut in two at every byte (which takes time squared) but in pieces that have every byte as an edge. */
    private static final int SHORT = 4_000;

    private static final int PIECE = 61;
    private static final Pattern EVENT = Pattern.compile("(?:[^\r\n]+\r?\n)+\r?\n");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @ParameterizedTest
    @MethodSource("streams")
    void passes_on_every_byte_and_reads_what_is_in_it(Recording recording) {
        TapRun whole = TapRun.whole(false, recording.body());

        assertThat(whole.out()).isEqualTo(recording.body());
        assertRead(whole, recording);
        assertSameForEveryCut(false, recording.body(), whole);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void leaves_out_the_chunk_with_usage_alone_and_no_other_byte(Recording recording) {
        byte[] expected = withoutUsageChunks(recording.body());
        assertThat(expected.length < recording.body().length).isEqualTo(recording.has("usage_chunk"));

        TapRun whole = TapRun.whole(true, recording.body());
        assertThat(whole.out()).isEqualTo(expected);
        assertRead(whole, recording);
        assertSameForEveryCut(true, recording.body(), whole);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void a_stream_that_stops_before_its_answer_has_ended_is_no_success(Recording recording) {
        byte[] body = recording.body();
        int answered = endOfAnswer(body);
        int step = Math.max(1, body.length / 400);
        for (int stop = 0; stop < answered; stop += step) {
            assertThat(TapRun.stoppedAt(stop % 2 == 0, body, stop).end)
                    .as("stopped at %s", stop)
                    .isEqualTo(StreamEnd.TRUNCATED);
        }
        if (!recording.hasError()) {
            assertThat(TapRun.stoppedAt(false, body, answered - 1).end).isEqualTo(StreamEnd.TRUNCATED);
            assertThat(TapRun.stoppedAt(false, body, answered).end).isEqualTo(StreamEnd.COMPLETE);
        }
    }

    @Test
    void no_recorded_stream_makes_the_meter_read_zero() {
        assertThat(streams()).isNotEmpty().allSatisfy(recording -> {
            var usage = TapRun.whole(true, recording.body()).usage;
            boolean counted = recording.expected().path("usage").isObject();
            assertThat(usage.inputTokens() > 0).isEqualTo(counted);
            assertThat(usage.outputTokens() > 0).isEqualTo(counted);
        });
    }

    private static void assertRead(TapRun run, Recording recording) {
        JsonNode expected = recording.expected();
        assertThat(run.usage).hasToString(recording.usage().toString());
        assertThat(run.tap.chunks()).isEqualTo(expected.path("events").longValue());
        assertThat(run.tap.finishReason())
                .isEqualTo(expected.path("finish").path("raw").textValue());
        assertThat(run.tap.contentSeen()).isEqualTo(recording.hasContent());
        assertThat(run.tap.doneSeen()).isEqualTo(recording.has("done"));
        assertThat(run.tap.garbageSeen()).isFalse();
        assertThat(run.tap.errorSeen()).isEqualTo(recording.hasError());
        assertThat(run.tap.clientWithinEvent()).isFalse();
        assertThat(run.tap.heldBytes()).isZero();
        if (recording.hasError()) {
            assertThat(run.end).isEqualTo(StreamEnd.FAILED);
            assertThat(run.tap.error().message())
                    .isEqualTo(expected.path("error").path("message").textValue());
            assertThat(run.tap.error().code())
                    .isEqualTo(expected.path("error").path("code").asText());
            assertThat(run.tap.error().type())
                    .isEqualTo(expected.path("error").path("type").textValue());
        } else {
            assertThat(run.end).isEqualTo(StreamEnd.COMPLETE);
            assertThat(run.tap.finishSeen()).isTrue();
        }
    }

    private static void assertSameForEveryCut(boolean drop, byte[] body, TapRun whole) {
        assertThat(TapRun.inPieces(drop, body, 1, 1)).isEqualTo(whole);
        boolean two = body.length <= SHORT;
        for (int cut = 0; cut <= (two ? body.length : PIECE); cut++) {
            assertThat(two ? TapRun.cutAt(drop, body, cut) : TapRun.inPieces(drop, body, cut, PIECE))
                    .isEqualTo(whole);
        }
    }

    private static byte[] withoutUsageChunks(byte[] body) {
        var out = new ByteArrayOutputStream();
        Matcher events = EVENT.matcher(new String(body, StandardCharsets.ISO_8859_1));
        int from = 0;
        while (events.find()) {
            JsonNode chunk = chunk(events.group());
            boolean usageOnly = chunk.path("choices").isArray()
                    && chunk.path("choices").isEmpty()
                    && chunk.path("usage").isObject();
            if (usageOnly) {
                out.write(body, from, events.start() - from);
                from = events.end();
            }
        }
        out.write(body, from, body.length - from);
        return out.toByteArray();
    }

    /** Where the chunk ends that ends the answer: the finish reason with which every choice has one. */
    private static int endOfAnswer(byte[] body) {
        Matcher events = EVENT.matcher(new String(body, StandardCharsets.ISO_8859_1));
        long begun = 0;
        long ended = 0;
        while (events.find()) {
            for (JsonNode choice : chunk(events.group()).path("choices")) {
                long bit = 1L << choice.path("index").intValue();
                begun |= bit;
                ended |= choice.path("finish_reason").isTextual() ? bit : 0;
            }
            if (begun != 0 && begun == ended) {
                return events.start() + events.group().stripTrailing().length();
            }
        }
        return body.length;
    }

    private static JsonNode chunk(String event) {
        try {
            int data = event.indexOf("data: {");
            return data < 0 ? MAPPER.missingNode() : MAPPER.readTree(event.substring(data + 6));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<Recording> streams() {
        return Recording.streams();
    }
}
