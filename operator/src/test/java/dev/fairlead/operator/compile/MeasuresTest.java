package dev.fairlead.operator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeasuresTest {
    @ParameterizedTest
    @CsvSource({"0s, 0", "250ms, 250", "30s, 30000", "2m, 120000", "24h, 86400000", "1d, 86400000"})
    void durationsAreMilliseconds(String text, long expected) {
        assertThat(Measures.millis(text)).hasValue(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "17, 17",
        "64Ki, 65536",
        "64Mi, 67108864",
        "1Gi, 1073741824",
        "2k, 2000",
        "3M, 3000000",
        "4G, 4000000000"
    })
    void sizesAreBytes(String text, long expected) {
        assertThat(Measures.bytes(text)).hasValue(expected);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "30", "s", "-1s", "1.5s", "1h30m", "30 s", "30S", "999999999999999d"})
    void whatIsNoDurationIsNothing(String text) {
        assertThat(Measures.millis(text)).isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "-1", "1.5Mi", "64 Mi", "64mb", "Ki", "999999999999999999Gi"})
    void whatIsNoSizeIsNothing(String text) {
        assertThat(Measures.bytes(text)).isEmpty();
    }

    @Property
    void unitsAreMultiplesOfEachOther(@ForAll @IntRange(min = 0, max = 100_000) int number) {
        assertThat(Measures.millis(number + "m")).isEqualTo(Measures.millis(number * 60L + "s"));
        assertThat(Measures.millis(number + "s")).isEqualTo(Measures.millis(number * 1000L + "ms"));
        assertThat(Measures.bytes(number + "Ki")).isEqualTo(OptionalLong.of(number * 1024L));
    }
}
