package dev.fairlead.sidecar.dialect.openai;

import static dev.fairlead.sidecar.dialect.RandomJson.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.sidecar.dialect.RandomJson;
import dev.fairlead.sidecar.dialect.StrictJackson;
import dev.fairlead.sidecar.dialect.openai.ScanOutcome.Refused;
import dev.fairlead.sidecar.dialect.openai.ScanOutcome.Scanned;
import dev.fairlead.sidecar.dialect.openai.StreamOptions.IncludeUsage;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonRequestScannerTest {
    private final JsonRequestScanner scanner = new JsonRequestScanner();

    @Test
    void finds_the_facts_wherever_they_stand_and_however_they_are_spelled() {
        String body =
                "{\"messages\":[{\"model\":\"no\",\"stream\":false}],\"mod\\u0065l\" : \"g\\u0070t\\/\\ud83d\\ude80\",\n"
                        + "\"stream\":true,\"stream_options\":{\"x\":[{}],\"include_usage\":false},"
                        + "\"max_tokens\":10,\"max_completion_tokens\":20,\"n\":3}";

        RequestFacts facts = scanned(body);

        assertThat(facts.model()).isEqualTo("gpt/\ud83d\ude80");
        assertThat(text(body, facts.modelValue())).isEqualTo("\"g\\u0070t\\/\\ud83d\\ude80\"");
        assertThat(facts.stream()).isTrue();
        assertThat(facts.streamOptions().includeUsage()).isEqualTo(IncludeUsage.FALSE);
        assertThat(text(body, facts.streamOptions().value())).isEqualTo("{\"x\":[{}],\"include_usage\":false}");
        assertThat(text(body, facts.streamOptions().includeUsageValue())).isEqualTo("false");
        assertThat(facts.maxTokens()).isEqualTo(10);
        assertThat(facts.maxCompletionTokens()).isEqualTo(20);
        assertThat(facts.n()).isEqualTo(3);
        assertThat(facts.bodyLength()).isEqualTo(utf8(body).length);
    }

    @Test
    void what_is_not_said_is_absent() {
        RequestFacts facts = scanned("{\"model\":\"m\"}");

        assertThat(facts)
                .isEqualTo(new RequestFacts(
                        13,
                        "m",
                        new Range(9, 12),
                        false,
                        StreamOptions.MISSING,
                        RequestFacts.ABSENT,
                        RequestFacts.ABSENT,
                        1,
                        0,
                        0,
                        0,
                        0,
                        References.NONE));
        assertThat(facts.asksForUsage()).isFalse();
    }

    @Test
    void null_is_as_good_as_absent_where_the_provider_sees_it_so() {
        assertThat(scanned("{\"model\":\"m\",\"stream\":null,\"max_tokens\":null,\"n\":null}").stream())
                .isFalse();
        assertThat(scanned("{\"model\":\"m\",\"stream_options\":null}")
                        .streamOptions()
                        .object())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            nullValues = "-",
            value = {
                "| - |The request body is empty; expected a JSON object.",
                "[]| - |The request body must be a JSON object.",
                "\"model\"| - |The request body must be a JSON object.",
                "17| - |The request body must be a JSON object.",
                "{\"model\":\"m\"| - |The request body is not valid JSON: it ends before the value is complete at byte 12 of 12.",
                "{\"model\":\"m\"}}| - |The request body is not valid JSON: expected nothing after the end of the value at byte 13 of 14.",
                "{\"model\":\"m\",}| - |The request body is not valid JSON: expected a field name in double quotes at byte 13 of 14.",
                "{}|model|The field 'model' is missing: expected the name of a model, as a string.",
                "{\"messages\":[{\"model\":\"m\"}]}|model|The field 'model' is missing: expected the name of a model, as a string.",
                "{\"model\":null}|model|The field 'model' must be a string.",
                "{\"model\":7}|model|The field 'model' must be a string.",
                "{\"model\":[\"m\"]}|model|The field 'model' must be a string.",
                "{\"model\":true}|model|The field 'model' must be a string.",
                "{\"model\":\"\"}|model|The field 'model' is empty: expected the name of a model.",
                "{\"model\":\"\\ud800\"}|model|The field 'model' has half of a surrogate pair in it.",
                "{\"model\":\"m\",\"stream\":\"true\"}|stream|The field 'stream' must be true or false.",
                "{\"model\":\"m\",\"stream\":1}|stream|The field 'stream' must be true or false.",
                "{\"model\":\"m\",\"stream\":{}}|stream|The field 'stream' must be true or false.",
                "{\"model\":\"m\",\"stream_options\":[]}|stream_options|The field 'stream_options' must be an object.",
                "{\"model\":\"m\",\"stream_options\":true}|stream_options|The field 'stream_options' must be an object.",
                "{\"model\":\"m\",\"mod\\u0065l\":\"m\"}|model|The field 'model' is given twice; give it once.",
                "{\"n\":1,\"model\":\"m\",\"n\":1}|n|The field 'n' is given twice; give it once.",
                "{\"model\":\"m\",\"stream_options\":{\"include_usage\":true,\"include_usag\\u0065\":false}}"
                        + "|stream_options.include_usage|The field 'stream_options.include_usage' is given twice; give it once."
            })
    void refuses_with_a_reason(String body, String param, String message) {
        var outcome = scan(body == null ? "" : body);

        assertThat(outcome).isEqualTo(new Refused(message, param));
    }

    @Test
    void white_space_alone_is_an_empty_body() {
        assertThat(scan(" \r\n\t")).isEqualTo(new Refused("The request body is empty; expected a JSON object.", null));
    }

    @Test
    void a_name_of_a_model_may_have_256_characters_however_many_bytes_they_take() {
        for (String character : new String[] {"m", "\u00e4", "\u4e2d", "\\u4e2d"}) {
            assertThat(scan("{\"model\":\"" + character.repeat(256) + "\"}")).isInstanceOf(Scanned.class);
            assertThat(scan("{\"model\":\"" + character.repeat(257) + "\"}"))
                    .isEqualTo(new Refused("The field 'model' is longer than 256 characters.", "model"));
            assertThat(scan("{\"model\":\"" + character.repeat(100_000) + "\"}"))
                    .isEqualTo(new Refused("The field 'model' is longer than 256 characters.", "model"));
        }
        assertThat(scan("{\"model\":\"" + "\ud83d\ude80".repeat(128) + "\"}")).isInstanceOf(Scanned.class);
    }

    @Test
    void nests_no_deeper_than_512() {
        assertThat(scan("{\"model\":\"m\",\"x\":" + "[".repeat(511) + "]".repeat(511) + "}"))
                .isInstanceOf(Scanned.class);
        assertThat(scan("{\"model\":\"m\",\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}"))
                .isEqualTo(new Refused(
                        "The request body is not valid JSON: nested deeper than 512 levels at byte 528 of 20018.",
                        null));
    }

    @Test
    void counts_long_strings_that_are_no_text() {
        String picture = "data:image/png;base64," + "iVBOR w0".repeat(300);
        String audio = "UklGRv\\/+".repeat(300);
        String prose = "It was a dark and stormy night. ".repeat(300);

        RequestFacts facts = scanned("{\"model\":\"m\",\"x\":[\"" + picture + "\",{\"data\":\"" + audio + "\"},\""
                + prose + "\",\"" + "\u4e2d".repeat(600) + "\",\"" + "A".repeat(1023) + "\"]}");

        assertThat(facts.attachments()).isEqualTo(2);
        assertThat(facts.attachmentBytes()).isEqualTo(picture.length() + audio.length());
    }

    @Property(tries = 1_000)
    void a_good_body_is_read_as_another_parser_reads_it(@ForAll long seed) {
        var random = new Random(seed);
        compare(random.nextInt(3) == 0 ? RandomRequest.odd(random) : RandomRequest.good(random));
    }

    @Property(tries = 2_000)
    void bytes_that_a_strict_parser_refuses_are_refused(@ForAll long seed) {
        var random = new Random(seed);
        byte[] body = RandomJson.mutated(random, utf8(RandomRequest.good(random)));

        var outcome = scanner.scan(AnswerFormat.CHAT, body, 0, body.length);

        if (outcome instanceof Scanned) {
            assertThat(StrictJackson.accepts(body)).isTrue();
        } else if (StrictJackson.accepts(body)) {
            assertThat(((Refused) outcome).message()).doesNotContain("valid JSON");
        } else {
            assertThat(((Refused) outcome).message()).containsAnyOf("is not valid JSON", "is empty");
        }
    }

    private void compare(String body) {
        var fields = TopLevelFields.of(body);
        var outcome = scan(body);
        boolean doubled = Stream.of("model", "stream", "stream_options", "max_tokens", "max_completion_tokens", "n")
                .anyMatch(name -> fields.count(name) > 1);
        JsonNode model = fields.first("model");
        JsonNode stream = fields.first("stream");
        JsonNode options = fields.first("stream_options");
        boolean good = !doubled
                && model != null
                && model.isTextual()
                && !model.textValue().isEmpty()
                && (stream == null || stream.isNull() || stream.isBoolean())
                && (options == null || options.isNull() || options.isObject());

        assertThat(outcome instanceof Scanned).as(body).isEqualTo(good);
        if (good) {
            RequestFacts facts = ((Scanned) outcome).facts();
            assertThat(facts.model()).isEqualTo(model.textValue());
            assertThat(StrictJackson.read(utf8(text(body, facts.modelValue())))).contains(model);
            assertThat(facts.stream()).isEqualTo(stream != null && stream.booleanValue());
            assertThat(facts.asksForUsage())
                    .isEqualTo(facts.stream()
                            && options != null
                            && options.path("include_usage").booleanValue());
            assertThat(facts.maxTokens()).isEqualTo(count(fields.first("max_tokens")));
            assertThat(facts.maxCompletionTokens()).isEqualTo(count(fields.first("max_completion_tokens")));
            assertThat(facts.n()).isEqualTo(Math.max(1, count(fields.first("n"))));
            if (options != null) {
                assertThat(StrictJackson.read(
                                utf8(text(body, facts.streamOptions().value()))))
                        .contains(options);
            }
        }
    }

    private static long count(JsonNode number) {
        boolean plain = number != null && number.isNumber() && number.doubleValue() != 1e3;
        return plain ? Math.max(-1, number.longValue()) : -1;
    }

    private ScanOutcome scan(String body) {
        byte[] bytes = utf8("\"" + body + "\"");
        return scanner.scan(AnswerFormat.CHAT, bytes, 1, bytes.length - 2);
    }

    private RequestFacts scanned(String body) {
        return ((Scanned) scan(body)).facts();
    }

    private static String text(String body, Range range) {
        return new String(utf8(body), range.start(), range.end() - range.start(), StandardCharsets.UTF_8);
    }
}
