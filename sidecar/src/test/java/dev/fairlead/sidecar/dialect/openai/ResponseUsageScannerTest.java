package dev.fairlead.sidecar.dialect.openai;

import static dev.fairlead.sidecar.dialect.RandomJson.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.fairlead.sidecar.dialect.JsonFault;
import dev.fairlead.sidecar.usage.Usage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ResponseUsageScannerTest {
    private final Usage usage = new Usage();
    private final ResponseUsageScanner scanner = new ResponseUsageScanner(AnswerFormat.CHAT, usage);

    @ParameterizedTest
    @MethodSource("answers")
    void reads_every_recorded_answer_however_it_is_cut(Recording recording) {
        byte[] body = recording.body();
        String expected = recording.usage() + " "
                + recording.expected().path("finish").path("raw").textValue() + " null";
        for (int cut = 0; cut <= body.length; cut++) {
            var counted = new Usage();
            var scan = new ResponseUsageScanner(AnswerFormat.CHAT, counted);
            scan.feed(body, 0, cut);
            scan.feed(body, cut, body.length - cut);

            if (!scan.end() || !expected.equals(counted + " " + scan.finishReason() + " " + scan.error())) {
                fail("cut at %d: %s %s %s, expected %s", cut, counted, scan.finishReason(), scan.error(), expected);
            }
        }
    }

    @Test
    void no_recorded_answer_makes_the_meter_read_zero() {
        assertThat(answers()).isNotEmpty().allSatisfy(recording -> {
            var counted = new Usage();
            var scan = new ResponseUsageScanner(AnswerFormat.CHAT, counted);
            scan.feed(recording.body(), 0, recording.body().length);

            assertThat(counted.inputTokens()).isPositive();
            assertThat(counted.outputTokens()).isPositive();
        });
    }

    @Test
    void an_embedding_has_input_only() {
        read("{\"object\":\"list\",\"data\":[{\"embedding\":[0.1,-2e-3],\"index\":0}],\"model\":\"e\","
                + "\"usage\":{\"prompt_tokens\":8,\"total_tokens\":8}}");

        assertThat(usage)
                .hasToString(new Usage().input(8, 0, 0, 0, 0).output(0, 0, 0).toString());
        assertThat(scanner.finishReason()).isNull();
    }

    @Test
    void usage_elsewhere_is_not_the_usage_of_the_call() {
        read("{\"choices\":[{\"index\":0,\"message\":{\"content\":\"\\\"usage\\\":{\\\"prompt_tokens\\\":1}\","
                + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":9}},\"finish_reason\":\"stop\"}],"
                + "\"metadata\":{\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":7}}}");

        assertThat(usage.present()).isFalse();
        assertThat(scanner.finishReason()).isEqualTo("stop");
    }

    @Test
    void the_first_choice_is_the_one_with_index_zero() {
        read("{\"choices\":[{\"finish_reason\":\"length\",\"index\":1},{\"finish_reason\":\"stop\",\"index\":0}]}");

        assertThat(scanner.finishReason()).isEqualTo("stop");
    }

    @Test
    void the_bytes_of_an_answer_are_counted_for_providers_that_count_no_tokens() {
        read(
                "{\"id\":\"xyz\",\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"hello\",\"refusal\":null}}]}");

        assertThat(scanner.contentBytes()).isEqualTo(5);
    }

    @Test
    void an_error_may_come_with_any_status() {
        read("{\"error\":{\"message\":\"Provider \\u0022x\\u0022 returned error\",\"code\":502,\"type\":null}}");

        assertThat(scanner.error()).isEqualTo(new ProviderError("Provider \"x\" returned error", null, "502"));
    }

    @Test
    void an_error_may_be_a_mere_text_and_no_error_may_be_written_down() {
        read("{\"error\":\"model is loading\"}");
        assertThat(scanner.error()).isEqualTo(new ProviderError("model is loading", null, null));

        for (String none : List.of("null", "\"\"", "{}", "false")) {
            var other = new ResponseUsageScanner(AnswerFormat.CHAT, new Usage());
            byte[] body = utf8("{\"error\":" + none + "}");
            other.feed(body, 0, body.length);
            assertThat(other.error()).as(none).isNull();
        }
    }

    @Test
    void garbage_is_known_for_what_it_is() {
        byte[] page = utf8("<!DOCTYPE html><title>502 Bad Gateway</title>");
        scanner.feed(page, 0, page.length);

        assertThat(scanner.end()).isFalse();
        assertThat(scanner.fault()).isEqualTo(JsonFault.VALUE_EXPECTED);
        assertThat(usage.present()).isFalse();
    }

    @Test
    void a_cut_answer_is_known_for_what_it_is_and_its_end_does_not_count() {
        byte[] body = utf8("{\"choices\":[{\"index\":0,\"finish_reason\":\"stop\"");
        scanner.feed(body, 0, body.length);

        assertThat(scanner.end()).isFalse();
        assertThat(scanner.fault()).isEqualTo(JsonFault.CUT_SHORT);
        assertThat(scanner.finishReason()).isNull();
    }

    private void read(String body) {
        byte[] bytes = utf8(body);
        scanner.feed(bytes, 0, bytes.length);
        assertThat(scanner.end()).isTrue();
    }

    static List<Recording> answers() {
        return Recording.answers();
    }
}
