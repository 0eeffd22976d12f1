package dev.fairlead.operator.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.operator.control.ReportReader.MalformedReportException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReportReaderTest {
    private final ReportReader reader = new ReportReader();

    private static byte[] report(String pools) {
        return ("{\"stream\":\"s\",\"process\":\"p\",\"number\":1,\"pools\":[" + pools + "]}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void whatIsLeftOutOfAReportIsNothingAndWhatIsUnknownIsNotLookedAt() throws Exception {
        var read = reader.read(report("{\"pool\":\"ns/pool\",\"rests\":null,\"later\":7}"));
        assertThat(read.pools()).singleElement().satisfies(pool -> {
            assertThat(pool.pool()).isEqualTo("ns/pool");
            assertThat(pool.rests()).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|pools[0].pool: expected text, got null",
                "{\"pool\":\"\"}|pools[0].pool: expected text, got nothing",
                "{\"pool\":\"a\",\"rests\":[{\"forMs\":9}]}|pools[0].rests[].group: expected text, got null",
                "{\"pool\":\"a\",\"pins\":[{\"resource\":\"r\"}]}|pools[0].pins[].group: expected text, got null",
                "{\"pool\":\"a\",\"pins\":[{\"group\":\"g\"}]}|pools[0].pins[].resource: expected text, got null",
                "{\"pool\":\"a\",\"meters\":[{}]}|pools[0].meters[].meter: expected text, got null",
                "{\"pool\":\"a\",\"keys\":[{\"name\":\"k\"}]}|pools[0].keys[].fingerprint: expected text, got null",
                "null|expected a report in JSON, without null in its lists",
                "{\"pool\":\"a\",\"rests\":[null]}|expected a report in JSON, without null in its lists",
            })
    void whatHasToBeThereAndIsNotIsNamed(String pool, String said) {
        assertThatThrownBy(() -> reader.read(report(pool)))
                .isInstanceOf(MalformedReportException.class)
                .hasMessage(said)
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{", "{\"stream\":\"s\"}", "{\"process\":7,\"pools\":\"secret\"}"})
    void whatIsNoReportIsRefusedWithoutBeingQuoted(String body) {
        assertThatThrownBy(() -> reader.read(body.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedReportException.class)
                .hasMessageContaining("expected")
                .hasMessageNotContaining("secret");
    }
}
