package dev.fairlead.sidecar.dialect.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.dialect.JsonText;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RequestSpliceTest {
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

    private static String splice(String body, String model, boolean askForUsage) {
        byte[] padded = ("##" + body + "##").getBytes(StandardCharsets.UTF_8);
        int length = padded.length - 4;
        var outcome = new JsonRequestScanner().scan(padded, 2, length);
        assertThat(outcome).isInstanceOf(ScanOutcome.Scanned.class);
        var facts = ((ScanOutcome.Scanned) outcome).facts();
        var splice = RequestSplice.of(facts, model == null ? null : JsonText.quoted(model), askForUsage);
        assertThat(splice.unchanged())
                .isEqualTo(new String(splice.applyTo(padded, 2), StandardCharsets.UTF_8).equals(body));
        return new String(splice.applyTo(padded, 2), StandardCharsets.UTF_8);
    }
}
