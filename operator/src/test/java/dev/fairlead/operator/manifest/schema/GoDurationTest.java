package dev.fairlead.operator.manifest.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {
    @ParameterizedTest
    @CsvSource({
        "30s, PT30S",
        "1h30m, PT1H30M",
        "1.5h, PT1H30M",
        "-250ms, PT-0.25S",
        "+1m, PT1M",
        "0, PT0S",
        ".5s, PT0.5S",
        "2us, PT0.000002S",
        "3µs, PT0.000003S",
        "1ns, PT0.000000001S",
        "2562047h, PT2562047H"
    })
    void readsWhatGoReads(String text, Duration expected) {
        assertThat(GoDuration.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "s", "30", "1d", "1h 30m", "1 h", "-", "PT30S", "2562048h", "1e3s", "99999999999999999h"})
    void refusesTheRest(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> GoDuration.parse(text));
    }
}
