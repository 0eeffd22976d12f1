package dev.fairlead.operator.manifest.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a word becomes, as {@code sigs.k8s.io/yaml} has it. */
class KubernetesScalarsTest {
    @ParameterizedTest
    @ValueSource(strings = {"y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"})
    void wordsOfYaml11AreTrue(String word) {
        assertThat(value(word)).isEqualTo(BooleanNode.TRUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"})
    void wordsOfYaml11AreFalse(String word) {
        assertThat(value(word)).isEqualTo(BooleanNode.FALSE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "~", "null", "Null", "NULL"})
    void nothingIsNull(String word) {
        assertThat(value(word).isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "+7, 7",
        "-12, -12",
        "1_000_000, 1000000",
        "0x1F, 31",
        "-0x1f, -31",
        "0b101, 5",
        "0o17, 15",
        "017, 15",
        "08, 8",
        "1.0, 1",
        "1e3, 1000",
        "2.50e1, 25",
        "9223372036854775807, 9223372036854775807",
        "-9223372036854775808, -9223372036854775808"
    })
    void wholeNumbersAreIntegersHoweverTheyAreWritten(String word, long number) {
        assertThat(value(word)).isEqualTo(LongNode.valueOf(number));
    }

    @ParameterizedTest
    @CsvSource({
        "0.5, 0.5",
        ".5, 0.5",
        "-1.25e-3, -0.00125",
        "9223372036854775808, 9223372036854775808",
        "1e21, 1e21",
        "1e308, 1e308"
    })
    void otherNumbersAreDoubles(String word, double number) {
        assertThat(value(word)).isEqualTo(DoubleNode.valueOf(number));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "yEs",
                "nope",
                "1:30",
                "2026-11-24",
                "2026-11-24T10:00:00Z",
                "1.2.3",
                "30s",
                "0x",
                "0b2",
                "+",
                "1e400",
                "12e",
                "${OPENAI_API_KEY}",
                ".hidden",
                "NaN",
                "inf",
                "0o9"
            })
    void everythingElseIsText(String word) {
        assertThat(value(word)).isEqualTo(TextNode.valueOf(word));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'yes'", "\"12\"", "!!str 12", "! 12", "!custom 12", "\"<<\""})
    void quotedAndTaggedWordsAreText(String word) {
        assertThat(value(word).isTextual()).isTrue();
    }

    @Test
    void standardTagsDecide() {
        assertThat(value("!!int \"12\"").isLong()).isTrue();
        assertThat(value("!!float 3").isNumber()).isTrue();
        assertThat(value("!!bool yes").booleanValue()).isTrue();
        assertThat(value("!!null ~").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "!!int x, the value does not fit its tag !!int",
        "!!binary YQ==, the tag !!binary is not supported",
        ".nan, not-a-number and infinity have no place in JSON",
        ".NaN, not-a-number and infinity have no place in JSON",
        "-.Inf, not-a-number and infinity have no place in JSON",
        "+.INF, not-a-number and infinity have no place in JSON"
    })
    void whatJsonCannotHoldIsAProblem(String word, String message) {
        assertThat(new YamlReader().read("a: " + word).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).startsWith(message));
    }

    @Test
    void anEndlessNumberCostsNothing() {
        assertThat(value("1".repeat(1_000_000)).isTextual()).isTrue();
        assertThat(value("0." + "1".repeat(1_000_000)).doubleValue()).isEqualTo(1.0 / 9);
        assertThat(value("1e-99999999999").longValue()).isZero();
        assertThat(value("1e99999999999").isTextual()).isTrue();
    }

    private static JsonNode value(String word) {
        var content = new YamlReader().read("a: " + word + "\n");
        assertThat(content.problems()).isEmpty();
        return content.documents().get(0).value().get("a");
    }
}
