package dev.fairlead.sidecar.dialect.openai;

import static dev.fairlead.sidecar.dialect.RandomJson.spelled;
import static dev.fairlead.sidecar.dialect.RandomJson.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.dialect.RandomJson;
import dev.fairlead.sidecar.usage.Usage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseTapTest {
    private static final String USAGE = "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2,\"total_tokens\":5}";
    private static final String USAGE_CHUNK = "data: {\"id\":\"1\",\"choices\":[]," + USAGE + "}\n\n";
    private static final String FINISH =
            "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    private static final String DONE = "data: [DONE]\n\n";

    private final Usage usage = new Usage();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"content\":\"x\"}", "{\"role\":\"assistant\",\"content\":\"\\n\"}", "{\"reasoning_content\":\"hm\"}",
                        "{\"reasoning\":\" \"}",
                "{\"refusal\":\"no\"}", "{\"tool_calls\":[{\"index\":0}]}", "{\"function_call\":{\"name\":\"f\"}}",
                        "{\"audio\":{\"id\":\"a\"}}",
                "{\"content\":[{\"type\":\"text\",\"text\":\"x\"}]}", "{\"something_new\":\"x\"}"
            })
    void a_delta_that_says_anything_begins_the_answer(String delta) {
        var tap = fed(false, "data: {\"choices\":[{\"index\":0,\"delta\":" + delta + "}]}\n\n");

        assertThat(tap.contentSeen()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"role\":\"assistant\"}",
                "{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}",
                "{\"tool_calls\":[]}",
                "null",
                "{\"content\":null,\"index\":0}",
                "{\"reasoning_details\":[],\"audio\":{}}",
                "{\"channel\":\"analysis\"}"
            })
    void a_delta_that_says_nothing_does_not(String delta) {
        var tap = fed(
                false,
                ": ping\n\ndata: {\"choices\":[],\"prompt_filter_results\":[{\"content\":\"x\"}]}\n\n",
                "data: {\"choices\":[{\"index\":0,\"delta\":" + delta
                        + ",\"finish_reason\":null}],\"usage\":null}\n\n");

        assertThat(tap.contentSeen()).isFalse();
    }

    @Test
    void content_is_seen_before_its_event_is_complete() {
        assertThat(fed(true, "data: {\"choices\":[{\"delta\":{\"content\":\"x\"")
                        .contentSeen())
                .isTrue();
        assertThat(fed(false, "data: {\"choices\":[{\"delta\":{\"content\":\"x").contentSeen())
                .isFalse();
    }

    @Test
    void the_bytes_of_an_answer_are_counted_without_what_surrounds_it() {
        var tap = fed(
                false,
                "data: {\"id\":\"x\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"a\\nb\"}}]}\n\n",
                "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"x\":[]}],\"reasoning\":\"\"}}]}\n\n");

        assertThat(tap.contentBytes()).isEqualTo(4 + 10);
    }

    @Test
    void the_end_of_a_choice_is_an_answer_too() {
        var tap = fed(false, FINISH);

        assertThat(tap.contentSeen()).isTrue();
        assertThat(tap.finishSeen()).isTrue();
        assertThat(tap.finishReason()).isEqualTo("stop");
    }

    @Test
    void every_choice_that_began_has_to_end() {
        String both = "data: {\"choices\":[{\"index\":0,\"delta\":{}},{\"index\":1,\"delta\":{}}]}\n\n";
        String second = "data: {\"choices\":[{\"index\":1,\"delta\":{},\"finish_reason\":\"length\"}]}\n\n";

        assertThat(fed(false, both, second).end(out::write)).isEqualTo(StreamEnd.TRUNCATED);
        assertThat(fed(false, both, second).finishReason()).isNull();
        assertThat(fed(false, both, second, FINISH).end(out::write)).isEqualTo(StreamEnd.COMPLETE);
        assertThat(fed(false, both, second, FINISH).finishReason()).isEqualTo("stop");
    }

    @Test
    void a_stream_ends_with_its_mark_or_its_answer_or_not_at_all() {
        assertThat(fed(false, DONE).end(out::write)).isEqualTo(StreamEnd.COMPLETE);
        assertThat(fed(false, FINISH).end(out::write)).isEqualTo(StreamEnd.COMPLETE);
        assertThat(fed(false, "").end(out::write)).isEqualTo(StreamEnd.TRUNCATED);
        assertThat(fed(false, ": ping\n\n").end(out::write)).isEqualTo(StreamEnd.TRUNCATED);
        assertThat(fed(false, FINISH.substring(0, FINISH.length() - 3)).end(out::write))
                .isEqualTo(StreamEnd.TRUNCATED);
        assertThat(fed(false, "data: [DONE").end(out::write)).isEqualTo(StreamEnd.TRUNCATED);
    }

    @Test
    void the_last_event_counts_without_its_blank_line() {
        assertThat(fed(true, "data: [DONE]").end(out::write)).isEqualTo(StreamEnd.COMPLETE);
        assertThat(out).hasToString("data: [DONE]");
    }

    @Test
    void an_error_in_the_stream_is_a_failure_whatever_else_there_is() {
        var tap = fed(
                false,
                FINISH,
                "event: error\ndata: {\"error\":{\"message\":\"slow down\",\"type\":\"server_error\",\"code\":\"overloaded\"}}\n\n",
                DONE);

        assertThat(tap.errorSeen()).isTrue();
        assertThat(tap.error()).isEqualTo(new ProviderError("slow down", "server_error", "overloaded"));
        assertThat(tap.end(out::write)).isEqualTo(StreamEnd.FAILED);
    }

    @Test
    void an_error_among_the_usage_is_not_left_out() {
        String event = "data: {\"choices\":[]," + USAGE + ",\"error\":{\"message\":\"x\"}}\n\n";
        fed(true, event);

        assertThat(out).hasToString(event);
    }

    @Test
    void what_is_no_chunk_is_garbage_and_passes() {
        for (String data : List.of("hello", "{\"choices\":[", "[1]", "[DONE] x", "[DON", "{} {}")) {
            out.reset();
            var tap = fed(true, "data: " + data + "\n\n");
            assertThat(tap.garbageSeen()).as(data).isTrue();
            assertThat(tap.doneSeen()).isFalse();
            assertThat(out).hasToString("data: " + data + "\n\n");
        }
        assertThat(fed(true, "data:  [DONE] \n\n", "data:\n\n", "data: {}\n\n").garbageSeen())
                .isFalse();
    }

    @Test
    void one_chunk_may_stand_in_several_lines() {
        var tap = fed(true, "data: {\"choices\":\r\ndata\r\ndata:[], " + USAGE + "\r\ndata:}\r\n\r\n" + DONE);

        assertThat(usage.totalTokens()).isEqualTo(5);
        assertThat(tap.chunks()).isEqualTo(1);
        assertThat(out).hasToString(DONE);
    }

    @Test
    void the_last_complete_usage_counts() {
        fed(
                false,
                "data: {\"choices\":[{\"index\":0,\"delta\":{}}],\"usage\":{\"prompt_tokens\":8,\"completion_tokens\":1,\"total_tokens\":9}}\n\n",
                "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":8,\"completion_tokens\":4,\"total_tokens\":12}}\n\n",
                "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":8}}\n\n",
                "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":0,\"completion_tokens\":0,\"total_tokens\":0}}\n\n",
                "data: {\"choices\":[],\"usage\":null}\n\n");

        assertThat(usage.inputTokens()).isEqualTo(8);
        assertThat(usage.outputTokens()).isEqualTo(4);
    }

    @Test
    void usage_may_ride_in_a_choice_or_in_a_providers_own_field() {
        fed(false, "data: {\"choices\":[{\"index\":0,\"delta\":{}," + USAGE + "}]}\n\n");
        assertThat(usage.totalTokens()).isEqualTo(5);

        usage.clear();
        fed(false, "data: {\"choices\":[{\"index\":0,\"delta\":{}}],\"x_groq\":{\"id\":\"r\"," + USAGE + "}}\n\n");
        assertThat(usage.totalTokens()).isEqualTo(5);
    }

    @Test
    void what_the_client_asked_for_passes_at_once() {
        var tap = new SseTap(AnswerFormat.CHAT, usage, false);
        byte[] half = utf8(USAGE_CHUNK.substring(0, 20));
        tap.feed(half, 0, half.length, out::write);

        assertThat(out.toByteArray()).isEqualTo(half);
        assertThat(tap.clientWithinEvent()).isTrue();
        assertThat(tap.heldBytes()).isZero();
    }

    @Test
    void nothing_is_held_back_but_the_beginning_of_an_event() {
        var tap = fed(true, FINISH, ": ping\n", "event: x\n", USAGE_CHUNK.substring(0, 9));

        assertThat(out).hasToString(FINISH + ": ping\n");
        assertThat(tap.heldBytes()).isEqualTo(18);
        assertThat(tap.clientWithinEvent()).isFalse();
    }

    @Test
    void what_there_is_no_room_to_hold_passes_and_only_the_next_event_is_held_again() {
        var tap = fed(true, FINISH, USAGE_CHUNK.substring(0, 9));
        tap.letPass(out::write);
        assertThat(out).hasToString(FINISH + USAGE_CHUNK.substring(0, 9));
        assertThat(tap.heldBytes()).isZero();
        assertThat(tap.clientWithinEvent()).isTrue();

        byte[] rest = utf8(USAGE_CHUNK.substring(9) + USAGE_CHUNK + FINISH.substring(0, 5));
        tap.feed(rest, 0, rest.length, out::write);
        assertThat(out).hasToString(FINISH + USAGE_CHUNK);
        assertThat(tap.heldBytes()).isEqualTo(5);
        assertThat(tap.clientWithinEvent()).isFalse();
        assertThat(usage.totalTokens()).isEqualTo(5);
    }

    @Test
    void the_beginning_of_an_event_that_never_came_is_not_passed_on() {
        var tap = fed(true, FINISH, FINISH.substring(0, 30));

        assertThat(tap.end(out::write)).isEqualTo(StreamEnd.COMPLETE);
        assertThat(out).hasToString(FINISH);
        assertThat(tap.heldBytes()).isZero();
    }

    @Test
    void an_event_too_large_to_hold_passes_as_it_comes() {
        String large =
                "data: {\"choices\":[]," + USAGE + ",\"x\":\"" + "x".repeat(SseTap.MAX_HELD_BYTES + 20_000) + "\"}\n\n";
        byte[] bytes = utf8(large);
        var tap = new SseTap(AnswerFormat.CHAT, usage, true);
        int held = 0;
        for (int from = 0; from < bytes.length; from += 10_000) {
            tap.feed(bytes, from, Math.min(10_000, bytes.length - from), out::write);
            held = Math.max(held, tap.heldBytes());
            assertThat(tap.clientWithinEvent()).isEqualTo(out.size() > 0 && from + 10_000 < bytes.length);
        }

        assertThat(held).isBetween(SseTap.MAX_HELD_BYTES - 10_000, SseTap.MAX_HELD_BYTES);
        assertThat(out.toByteArray()).isEqualTo(bytes);
        assertThat(usage.totalTokens()).isEqualTo(5);
        out.reset();
        byte[] next = utf8(USAGE_CHUNK + FINISH);
        tap.feed(next, 0, next.length, out::write);
        assertThat(out).as("the next one is left out again").hasToString(FINISH);
    }

    @Property(tries = 1_000)
    void text_that_looks_like_fields_is_only_text(@ForAll long seed) {
        var random = new Random(seed);
        String[] traps = {
            USAGE,
            "}]," + USAGE + "}",
            "\"}," + USAGE,
            "\\\"" + USAGE,
            "\n\ndata: [DONE]\n\n",
            "data: {\"error\":{}}",
            "\"finish_reason\":\"stop\"",
            "[DONE]",
            "\"choices\":[]",
            "\\",
            "\\\\\"",
            "\ud83d\ude80",
            "\r\n\r\n" + USAGE_CHUNK
        };
        var text = new StringBuilder("x");
        for (int n = 1 + random.nextInt(4); n > 0; n--) {
            text.append(traps[random.nextInt(traps.length)]);
        }
        String string = spelled(random, text.toString());
        String deeper = "{\"choices\":[]," + USAGE + ",\"error\":{\"message\":\"x\"},\"finish_reason\":\"stop\",\"x\":"
                + string + "}";
        String event =
                "data: {\"id\":" + string + ",\"x\":" + deeper + ",\"choices\":[{\"index\":0,\"delta\":{\"content\":"
                        + string + ",\"y\":" + deeper + "},\"logprobs\":" + deeper + "}],\"z\":[" + deeper + "]}\n\n";

        TapRun run = TapRun.inPieces(random.nextBoolean(), utf8(event), random.nextInt(9), 1 + random.nextInt(60));

        assertThat(run.out()).isEqualTo(utf8(event));
        assertThat(run.usage.present()).isFalse();
        assertThat(run.tap.errorSeen()).isFalse();
        assertThat(run.tap.doneSeen()).isFalse();
        assertThat(run.tap.finishReason()).isNull();
        assertThat(run.tap.contentSeen()).isTrue();
        assertThat(run.tap.chunks()).isEqualTo(1);
        assertThat(run.end).isEqualTo(StreamEnd.TRUNCATED);
    }

    @Property(tries = 1_000)
    void leaves_out_usage_chunks_and_nothing_else_whatever_ends_the_lines_and_however_the_bytes_are_cut(
            @ForAll long seed) {
        var random = new Random(seed);
        String end = new String[] {"\n", "\r", "\r\n"}[random.nextInt(3)];
        var all = new StringBuilder();
        var kept = new StringBuilder();
        String mark = random.nextInt(5) == 0 ? "\ufeff" : "";
        for (String event : randomEvents(random)) {
            String framed = mark + event.replace("\n", end);
            mark = "";
            all.append(framed);
            kept.append(event.contains("\"choices\":[],\"usage\":{") ? "" : framed);
        }
        byte[] stream = utf8(all.toString());

        TapRun whole = TapRun.whole(true, stream);
        TapRun pieces = TapRun.inPieces(true, stream, random.nextInt(20), 1 + random.nextInt(30));

        assertThat(new String(whole.out(), StandardCharsets.UTF_8)).isEqualTo(kept.toString());
        assertThat(pieces).isEqualTo(whole);
        assertThat(TapRun.whole(false, stream).out()).isEqualTo(stream);
    }

    @Property(tries = 1_000)
    void never_changes_or_loses_a_byte_of_anything_else(@ForAll long seed) {
        var random = new Random(seed);
        byte[] stream = RandomJson.mutated(
                random, utf8(String.join("", randomEvents(random)).replace("usage", "used")));

        assertThat(TapRun.inPieces(false, stream, random.nextInt(20), 1 + random.nextInt(30))
                        .out())
                .isEqualTo(stream);
        byte[] dropping = TapRun.inPieces(true, stream, random.nextInt(20), 1 + random.nextInt(30))
                .out();
        assertThat(dropping).isEqualTo(Arrays.copyOf(stream, dropping.length));
    }

    private static List<String> randomEvents(Random random) {
        String[] choices = {
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}\n\n",
            USAGE_CHUNK,
            "data:{\"choices\":[],\"usage\":null}\n\n",
            FINISH,
            ": ping\n",
            ": ping\n\n",
            "\n",
            "event: x\nid: 3\ndata: {\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}\n\n",
            DONE,
            "data: {\"choices\":[{\"index\":0,\"delta\":{}}]," + USAGE + "}\n\n",
            ": note\n" + FINISH
        };
        var events = new ArrayList<String>();
        for (int n = random.nextInt(12); n > 0; n--) {
            events.add(choices[random.nextInt(choices.length)]);
        }
        return events;
    }

    private SseTap fed(boolean dropUsageChunk, String... pieces) {
        var tap = new SseTap(AnswerFormat.CHAT, usage, dropUsageChunk);
        for (String piece : pieces) {
            byte[] bytes = utf8(piece);
            tap.feed(bytes, 0, bytes.length, out::write);
        }
        return tap;
    }
}
