package dev.fairlead.sidecar.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Seen from outside: what becomes of the hints of a 429. */
class RetryHintsTest {
    private static final long NOW = Instant.parse("2026-03-20T12:00:00Z").toEpochMilli();

    private final ProviderProfiles profiles = ProviderProfiles.load();
    private final Map<String, String> headers = new HashMap<>();
    private String message = "Too fast.";

    @Test
    void largerOfContradictingHeadersWins() {
        headers.putAll(Map.of("retry-after", "1", "retry-after-ms", "0"));
        assertThat(limited().resetMs()).hasValue(1_000);
        headers.put("x-ms-retry-after-ms", "2500");
        assertThat(limited().resetMs()).hasValue(2_500);
    }

    @Test
    void headerWinsOverTheMessage() {
        headers.put("retry-after", "30");
        message = "Please try again in 2s.";
        assertThat(limited().resetMs()).hasValue(30_000);
        message = "Please try again in 5m0s.";
        assertThat(limited().resetMs()).hasValue(30_000);
    }

    @Test
    void messageGivesTheDecimalsThatAHeaderCutOff() {
        headers.put("retry-after", "58");
        message = "Please retry in 58.821668433s.";
        assertThat(limited().resetMs()).hasValue(58_822);
    }

    @Test
    void exhaustedLimitCountsOnlyWhereNothingElseSaysWhen() {
        headers.putAll(Map.of(
                "x-ratelimit-remaining-requests",
                "0",
                "x-ratelimit-reset-requests",
                "9s",
                "x-ratelimit-remaining-tokens",
                "100",
                "x-ratelimit-reset-tokens",
                "1m0s"));
        assertThat(limited().resetMs()).hasValue(9_000);
        message = "Please try again in 120ms.";
        assertThat(limited().resetMs()).hasValue(120);
    }

    @Test
    void laterOfTwoExhaustedLimitsCounts() {
        headers.putAll(Map.of(
                "x-ratelimit-remaining-requests",
                "0",
                "x-ratelimit-reset-requests",
                "9s",
                "x-ratelimit-remaining-tokens",
                "0",
                "x-ratelimit-reset-tokens",
                "1m0s"));
        assertThat(limited().resetMs()).hasValue(60_000);
    }

    @Test
    void exhaustedInputTokensCountAsAnyLimitDoes() {
        headers.put("anthropic-ratelimit-input-tokens-remaining", "0");
        headers.put("anthropic-ratelimit-input-tokens-reset", "2026-03-20T12:00:20Z");
        headers.put("anthropic-ratelimit-requests-remaining", "49");
        headers.put("anthropic-ratelimit-requests-reset", "2026-03-20T12:00:50Z");
        assertThat(limited("OpenAICompatible").resetMs()).hasValue(20_000);
    }

    @ParameterizedTest
    @CsvSource({
        "retry-after, 0",
        "retry-after, -1",
        "retry-after, NaN",
        "retry-after, 2026-03-20T11:00:00Z",
        "retry-after, 'Fri, 20 Mar 2026 11:00:00 GMT'",
        "retry-after, 99999999999",
        "retry-after-ms, -1",
        "x-ms-retry-after-ms, soon",
        "x-ratelimit-reset-tokens, 0"
    })
    void hintThatIsNoTimeIsTaggedAndIgnored(String name, String value) {
        headers.put(name, value);
        Verdict verdict = limited();
        assertThat(verdict.resetMs()).isEmpty();
        assertThat(verdict.tags()).containsExactly(Tag.SENTINEL);
    }

    @Test
    void silenceIsNoSentinel() {
        assertThat(limited().resetMs()).isEmpty();
        assertThat(limited().tags()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Please try again in 644ms., 644",
        "Please try again in 9m38.016s. Need more tokens?, 578016",
        "Please try again in 1.984999999s., 1985",
        "Please retry after 60 seconds., 60000",
        "please try again after 1 seconds, 1000",
        "Try again in 1 minute and relax, 60000",
        "PLEASE RETRY IN 2H, 7200000",
        "Please wait 5 minutes before retrying, 300000"
    })
    void waitIsReadOutOfTheMessage(String text, long ms) {
        message = text;
        assertThat(limited().resetMs()).hasValue(ms);
    }

    @ParameterizedTest
    @CsvSource({
        "please wait before trying again",
        "Please try again in a while",
        "try again in 5",
        "try again in 99999999999999999999s",
        "try again later in 5s"
    })
    void messageWithoutAWaitGivesNone(String text) {
        message = text;
        assertThat(limited().resetMs()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "You will regain access on 2026-04-01 at 00:00 UTC., 993600000",
        "You will regain access on 2026-03-20T13:00:00Z, 3600000",
        "You will regain access on 2026-03-21, 43200000"
    })
    void spendCapEndsAtItsDate(String text, long ms) {
        message = text;
        Verdict verdict = limited();
        assertThat(verdict.clazz()).isEqualTo(FailureClass.QUOTA);
        assertThat(verdict.resetMs()).hasValue(ms);
        assertThat(verdict.tags()).containsExactly(Tag.RESET_AT);
        assertThat(verdict.namesEnd()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "You will regain access on 2025-07-01 at 00:00 UTC.",
        "You will regain access on 2026-99-99 at 00:00 UTC.",
        "You will regain access on 2099-07-01 at 00:00 UTC.",
        "You will regain access on Friday."
    })
    void dateThatIsNoneOrPastIsNoEnd(String text) {
        message = text;
        assertThat(limited().resetMs()).isEmpty();
        assertThat(limited().namesEnd()).isFalse();
    }

    @Test
    void midnightIsTheProvidersOwnOnDaysOf23HoursToo() {
        String perDay =
                "{\"error\":{\"code\":429,\"status\":\"RESOURCE_EXHAUSTED\",\"details\":[{\"violations\":[{\"quotaId\":\"RequestsPerDay\"}]},{\"retryDelay\":\"5s\"}]}}";
        long beforeSummerTime = Instant.parse("2026-03-08T08:30:00Z").toEpochMilli();
        Verdict verdict = profiles.get("OpenAICompatible")
                .classifier()
                .classify(
                        429,
                        HeaderLookup.NONE,
                        perDay.getBytes(StandardCharsets.UTF_8),
                        CallerWords.NONE,
                        beforeSummerTime);
        // 00:30 in Los Angeles, on the day that lacks the hour from 2 to 3.
        assertThat(verdict.resetMs()).hasValue((22 * 60 + 30) * 60_000L);
    }

    private Verdict limited() {
        return limited("OpenAI");
    }

    private Verdict limited(String type) {
        byte[] body = ("{\"error\":{\"message\":\"" + message + "\"}}").getBytes(StandardCharsets.UTF_8);
        return profiles.get(type).classifier().classify(429, headers::get, body, CallerWords.NONE, NOW);
    }
}
