package dev.fairlead.sidecar.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Points in time are meant by the clock of whoever wrote them. */
class ProviderClockTest {
    private static final long NOW = Instant.parse("2026-03-20T12:00:00Z").toEpochMilli();

    private final ProviderProfiles profiles = ProviderProfiles.load();
    private final Map<String, String> headers = new HashMap<>();

    @ParameterizedTest
    @CsvSource({
        "retry-after, 'Fri, 20 Mar 2026 13:00:30 GMT'",
        "retry-after, 2026-03-20T13:00:30Z",
        "x-ms-retry-after-ms, 30000",
        "retry-after, 30"
    })
    void a_provider_whose_clock_is_an_hour_ahead_asks_for_the_wait_that_it_means(String name, String value) {
        headers.put("date", "Fri, 20 Mar 2026 13:00:00 GMT");
        headers.put(name, value);
        assertThat(limited().resetMs()).hasValue(30_000);
    }

    @Test
    void a_provider_whose_clock_is_an_hour_behind_is_not_taken_for_one_that_names_the_past() {
        headers.put("date", "Fri, 20 Mar 2026 11:00:00 GMT");
        headers.put("retry-after", "Fri, 20 Mar 2026 11:00:30 GMT");
        assertThat(limited().resetMs()).hasValue(30_000);
        assertThat(limited().tags()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-20T13:00:20Z", "1774011620", "1774011620000", "20s", "20"})
    void resets_of_limits_are_read_by_it_too(String reset) {
        headers.put("date", "Fri, 20 Mar 2026 13:00:00 GMT");
        headers.putAll(Map.of(
                "x-ratelimit-limit-requests",
                "10",
                "x-ratelimit-remaining-requests",
                "0",
                "x-ratelimit-reset-requests",
                reset));
        var read = profiles.get("OpenAICompatible").limitHeaders().read(headers::get, NOW);
        assertThat(read.requests().resetMs()).isEqualTo(20_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "Thu, 01 Jan 1970 00:00:00 GMT",
                "Fri, 31 Dec 9999 23:59:59 GMT",
                "Fri, 20 Foo 2026 13:00:00 GMT",
                "Fri, 20 Mar 2026 12:00:03 GMT"
            })
    void a_date_that_makes_no_sense_or_no_difference_is_left_aside(String date) {
        headers.put("date", date);
        assertThat(ProviderClock.now(headers::get, NOW)).isEqualTo(NOW);
    }

    @Property
    void every_http_date_is_read_as_the_library_reads_it(
            @ForAll @LongRange(min = 0, max = 4_000_000_000L) long second) {
        var date = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", java.util.Locale.ROOT)
                .format(Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC));
        assertThat(Resets.httpDateEpochMs(date)).isEqualTo(second * 1_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999", "NaN", "-3", "-0.5", "0", "Infinity", "1e3", "0x10", "''"})
    void a_wait_that_is_none_leaves_the_pools_own(String value) {
        headers.put("retry-after", value);
        assertThat(limited().resetMs()).isEmpty();
        assertThat(limited().tags()).contains(Tag.SENTINEL);
    }

    @Test
    void a_wait_may_have_decimals() {
        headers.put("retry-after", "2.5");
        assertThat(limited().resetMs()).hasValue(2_500);
    }

    private Verdict limited() {
        return profiles.get("OpenAI").classifier().classify(429, headers::get, new byte[0], CallerWords.NONE, NOW);
    }
}
