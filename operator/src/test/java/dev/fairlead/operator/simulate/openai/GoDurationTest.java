package dev.fairlead.operator.simulate.openai;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoDurationTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "7, 7ms",
        "644, 644ms",
        "1000, 1s",
        "1500, 1.5s",
        "6596, 6.596s",
        "26604, 26.604s",
        "20000, 20s",
        "43200, 43.2s",
        "60000, 1m0s",
        "360000, 6m0s",
        "432000, 7m12s",
        "86400, 1m26.4s",
        "578016, 9m38.016s",
        "3600000, 1h0m0s",
        "86399001, 23h59m59.001s"
    })
    void writesTimesAsTheProviderDoes(long millis, String text) {
        assertThat(GoDuration.of(millis)).isEqualTo(text);
    }
}
