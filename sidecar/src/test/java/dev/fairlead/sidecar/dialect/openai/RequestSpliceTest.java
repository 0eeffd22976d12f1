package dev.fairlead.sidecar.dialect.openai;

import static dev.fairlead.sidecar.dialect.RandomJson.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.sidecar.dialect.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RequestSpliceTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void replaces_the_model_and_asks_for_usage_behind_it() {
        assertThat(splice("{ \"stream\":true, \"model\" : \"a\\u0062\" , \"x\":1}", "gpt \"4\"", true))
                .isEqualTo(
                        "{ \"stream\":true, \"model\" : \"gpt \\\"4\\\"\",\"stream_options\":{\"include_usage\":true}"
                                + " , \"x\":1}");
    }

    @Test
    void asks_for_usage_within_the_options_there_are() {
        assertThat(splice("{\"model\":\"a\",\"stream\":true,\"stream_options\":{ }}", null, true))
                .isEqualTo("{\"model\":\"a\",\"stream\":true,\"stream_options\":{\"include_usage\":true }}");
        assertThat(splice("{\"model\":\"a\",\"stream\":true,\"stream_options\":{\"o\":1}}", null, true))
                .isEqualTo("{\"model\":\"a\",\"stream\":true,\"stream_options\":{\"include_usage\":true,\"o\":1}}");
        assertThat(splice("{\"stream_options\":{\"include_usage\":false},\"model\":\"a\",\"stream\":true}", "b", true))
                .isEqualTo("{\"stream_options\":{\"include_usage\":true},\"model\":\"b\",\"stream\":true}");
        assertThat(splice("{\"stream_options\":null,\"model\":\"a\",\"stream\":true}", null, true))
                .isEqualTo("{\"stream_options\":{\"include_usage\":true},\"model\":\"a\",\"stream\":true}");
    }

    @Test
    void leaves_alone_what_is_as_it_should_be() {
        String asked = "{\"stream_options\":{\"include_usage\":true},\"model\":\"a\",\"stream\":true}";

        assertThat(splice(asked, null, true)).isEqualTo(asked);
        assertThat(splice("{\"model\":\"a\"}", null, true)).isEqualTo("{\"model\":\"a\"}");
        assertThat(splice("{\"model\":\"a\",\"stream\":true}", null, false))
                .isEqualTo("{\"model\":\"a\",\"stream\":true}");
    }

    @Property(tries = 1_000)
    void changes_the_tree_by_exactly_the_edits_and_no_other_byte(@ForAll long seed) throws IOException {
        var random = new Random(seed);
        String body = RandomRequest.good(random);
        String model = random.nextBoolean() ? null : "t\u00e4rget/\"1\"";
        boolean ask = random.nextBoolean();
        RequestFacts facts = facts(utf8(body), 0, utf8(body).length);
        var splice = RequestSplice.of(facts, model == null ? null : JsonText.quoted(model), ask);

        byte[] edited = splice.applyTo(utf8(body), 0);

        var expected = (ObjectNode) MAPPER.readTree(body);
        if (model != null) {
            expected.put("model", model);
        }
        JsonNode options = expected.path("stream_options");
        JsonNode asked = options.path("include_usage");
        boolean asks = ask && facts.stream() && !asked.isTextual() && !asked.booleanValue();
        if (asks) {
            (options.isObject() ? (ObjectNode) options : expected.putObject("stream_options"))
                    .put("include_usage", true);
        }
        assertThat(splice.asksForUsage()).isEqualTo(asks);
        assertThat(splice.length()).isEqualTo(edited.length);
        assertThat(MAPPER.readTree(edited)).isEqualTo(expected);
        assertThat(undone(new String(edited, StandardCharsets.UTF_8), body, facts, model))
                .isEqualTo(body);
    }

    /** Takes the edits out again, by text: what stays must be the client's bytes. */
    private static String undone(String edited, String body, RequestFacts facts, String model) {
        String result = edited;
        if (model != null) {
            String name = new String(
                    utf8(body), facts.modelValue().start(), length(facts.modelValue()), StandardCharsets.UTF_8);
            result = replaceOnce(result, new String(JsonText.quoted(model), StandardCharsets.UTF_8), name);
        }
        if (result.equals(body)) {
            return result;
        }
        StreamOptions options = facts.streamOptions();
        if (options.value().isEmpty()) {
            return replaceOnce(result, ",\"stream_options\":{\"include_usage\":true}", "");
        }
        if (!options.object()) {
            return replaceOnce(result, "{\"include_usage\":true}", "null");
        }
        return switch (options.includeUsage()) {
            case MISSING -> replaceOnce(result, "\"include_usage\":true" + (options.empty() ? "" : ","), "");
            case FALSE -> replaceAt(result, body, "true", "false");
            default -> replaceAt(result, body, "true", "null");
        };
    }

    private static String replaceOnce(String text, String what, String by) {
        int at = text.indexOf(what);
        return text.substring(0, at) + by + text.substring(at + what.length());
    }

    /** Where the two texts part. */
    private static String replaceAt(String text, String body, String what, String by) {
        int at = 0;
        while (text.charAt(at) == body.charAt(at)) {
            at++;
        }
        assertThat(text.substring(at)).startsWith(what);
        return text.substring(0, at) + by + text.substring(at + what.length());
    }

    private static int length(Range range) {
        return range.end() - range.start();
    }

    private static RequestFacts facts(byte[] body, int off, int len) {
        return ((ScanOutcome.Scanned) new JsonRequestScanner().scan(AnswerFormat.CHAT, body, off, len)).facts();
    }

    private static String splice(String body, String model, boolean askForUsage) {
        byte[] padded = ("##" + body + "##").getBytes(StandardCharsets.UTF_8);
        int length = padded.length - 4;
        var facts = facts(padded, 2, length);
        var splice = RequestSplice.of(facts, model == null ? null : JsonText.quoted(model), askForUsage);
        assertThat(splice.unchanged())
                .isEqualTo(new String(splice.applyTo(padded, 2), StandardCharsets.UTF_8).equals(body));
        return new String(splice.applyTo(padded, 2), StandardCharsets.UTF_8);
    }
}
