package dev.fairlead.sidecar.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JsonTextTest {
    @Property
    void another_parser_reads_back_what_was_quoted(@ForAll String text) {
        String whole = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);

        assertThat(StrictJackson.read(JsonText.quoted(whole)).orElseThrow().textValue())
                .isEqualTo(whole);
    }

    @Test
    void escapes_what_has_to_be_and_nothing_else() {
        assertThat(new String(JsonText.quoted("a\"\\\n\r\t\u0000\u001f\u007f/\u00e4"), StandardCharsets.UTF_8))
                .isEqualTo("\"a\\\"\\\\\\n\\r\\t\\u0000\\u001f\u007f/\u00e4\"");
        assertThat(new String(JsonText.quoted(null), StandardCharsets.UTF_8)).isEqualTo("null");
    }
}
