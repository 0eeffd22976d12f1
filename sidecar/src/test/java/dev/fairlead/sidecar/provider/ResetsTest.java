package dev.fairlead.sidecar.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResetsTest {
    private static final long NOW = Instant.parse("2026-03-20T12:00:00Z").toEpochMilli();

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "2, 2000",
        "' 2 ', 2000",
        "1.5, 1500",
        "0.0004, 0",
        "0.0005, 1",
        "11.382867097854614, 11383",
        "33011.382867097855, 33011383",
        "86400, 86400000",
        "0s, 0",
        "7.66s, 7660",
        "120ms, 120",
        "6ms, 6",
        "1500us, 2",
        "1500µs, 2",
        "1600000ns, 2",
        "6m0s, 360000",
        "1m26.4s, 86400",
        "2m59.56s, 179560",
        "1h2m3.5s, 3723500",
        "17.399999999s, 17400",
        "1.9849999999999s, 1985",
        "1h, 3600000",
        "2d, 172800000",
        "38s, 38000",
        "34.4s, 34400",
        "20 seconds, 20000",
        "1 minute 5 seconds, 65000"
    })
    void waitsAreReadInEveryUnit(String written, long ms) {
        assertThat(Resets.parse(written, NOW)).isEqualTo(ms);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-20T12:00:01Z, 1000",
        "2026-03-20T12:00:01z, 1000",
        "2026-03-20t12:00:01.25Z, 1250",
        "2026-03-20T12:00:01.123456789Z, 1123",
        "2026-03-20T13:00:01+01:00, 1000",
        "2026-03-20T07:30:02-04:30, 2000",
        "2026-03-20 12:00:03, 3000",
        "2026-04-01T00:00:00Z, 993600000",
        "2026-03-20T11:59:59Z, 0",
        "2024-02-29T00:00:00Z, 0",
        "1774008005, 5000",
        "1774008005.5, 5500",
        "1774008005000, 5000",
        "1774007995, 0",
        "'Fri, 20 Mar 2026 12:01:00 GMT', 60000",
        "'Fri, 20 Mar 2026 11:01:00 GMT', 0"
    })
    void pointsInTimeBecomeWaits(String written, long ms) {
        assertThat(Resets.parse(written, NOW)).isEqualTo(ms);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-1",
                "-1s",
                "-0.5",
                "NaN",
                "Infinity",
                "inf",
                "null",
                "soon",
                "1x",
                "1s!",
                "1e3",
                "0x10",
                ".",
                "s",
                "1,5",
                "31622400001ms",
                "3167000000s",
                "99999999999999999999",
                "999999999999999h",
                "9223372036854775807",
                "2026-13-01T00:00:00Z",
                "2026-03-20T12:00:00+1",
                "2026-03-20T25:00:00Z",
                "2027-12-31T00:00:00Z",
                "2026-03-20",
                "Fri, 20 Mar 2026 12:01:00 XYZ",
                "Fri, 99 Mar 2026 12:01:00 GMT",
                "Fri, 20 Mar 9999 12:01:00 GMT",
                "1111111111111111111111111111111111111111111111111111111111111111111s"
            })
    void whatIsNoTimeIsNone(String written) {
        assertThat(Resets.parse(written, NOW)).isEqualTo(Resets.NONE);
    }

    @Test
    void absentIsNone() {
        assertThat(Resets.parse(null, NOW)).isEqualTo(Resets.NONE);
        assertThat(Resets.parseMillis(null)).isEqualTo(Resets.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "1, 1",
        "250, 250",
        "250.4, 250",
        "250.5, 251",
        "-1, -1",
        "10s, -1",
        "'', -1",
        "31622400001, -1",
        "99999999999999999999, -1"
    })
    void millisecondsAreBareNumbers(String written, long ms) {
        assertThat(Resets.parseMillis(written)).isEqualTo(ms);
    }

    @Property
    void everyInstantOfThisCenturyIsReadExactly(
            @ForAll @LongRange(min = 1_000_000_000L, max = 4_000_000_000L) long epochSecond,
            @ForAll @IntRange(min = 1, max = 86_400) int wait) {
        String written = Instant.ofEpochSecond(epochSecond).toString();
        assertThat(Resets.parse(written, (epochSecond - wait) * 1000)).isEqualTo(wait * 1000L);
        assertThat(Resets.parse(Long.toString(epochSecond), (epochSecond - wait) * 1000))
                .isEqualTo(wait * 1000L);
    }

    @Property
    void everyDurationOfADayIsReadExactly(@ForAll @LongRange(min = 0, max = 86_400_000) long ms) {
        String go = ms / 3_600_000 + "h" + ms / 60_000 % 60 + "m" + ms / 1000 % 60 + "."
                + String.format("%03d", ms % 1000) + "s";
        assertThat(Resets.parse(go, NOW)).isEqualTo(ms);
        assertThat(Resets.parse(ms + "ms", NOW)).isEqualTo(ms);
    }

    @Property
    void anyTextIsNoneOrAWaitOfAtMostAYear(@ForAll String written, @ForAll long now) {
        assertThat(Resets.parse(written, now)).isBetween(Resets.NONE, Resets.LONGEST_MS);
        assertThat(Resets.parseMillis(written)).isBetween(Resets.NONE, Resets.LONGEST_MS);
    }
}
