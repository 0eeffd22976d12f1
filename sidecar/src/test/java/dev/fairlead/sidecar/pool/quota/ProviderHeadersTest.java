package dev.fairlead.sidecar.pool.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.fairlead.sidecar.pool.Demand;
import dev.fairlead.sidecar.provider.LimitSnapshot;
import dev.fairlead.sidecar.provider.ProviderProfiles;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Which limit each provider's headers correct, and how fast it comes back. Each row is a response as such a provider writes it,
 * with one limit used up, and when the next call of 1,000 tokens in and at most 4,096 out may go.
 */
class ProviderHeadersTest {
    /** 2026-03-20T12:00:00Z. */
    private static final long NOW = 1_774_008_000_000L;

    private static final Demand CALL = new Demand(1_000, 4_096);
    private static final String FREE = null;

    private final ProviderProfiles profiles = ProviderProfiles.load();

    static Stream<Arguments> responses() {
        return Stream.of(
                row("OpenAI", "requestsPerMinute", 120, """
                        x-ratelimit-limit-requests: 500
                        x-ratelimit-remaining-requests: 0
                        x-ratelimit-reset-requests: 1m0s
                        x-ratelimit-limit-tokens: 30000
                        x-ratelimit-remaining-tokens: 29996
                        x-ratelimit-reset-tokens: 8ms"""),
                // The larger of prompt and maximum is charged: 4,096 at 30,000 in six minutes.
                row("OpenAI", "tokensPerMinute", 49_152, """
                        x-ratelimit-limit-requests: 500
                        x-ratelimit-remaining-requests: 499
                        x-ratelimit-reset-requests: 120ms
                        x-ratelimit-limit-tokens: 30000
                        x-ratelimit-remaining-tokens: 0
                        x-ratelimit-reset-tokens: 6m0s"""),
                row("OpenAICompatible", "requestsPerMinute", 640, """
                        anthropic-ratelimit-requests-limit: 50
                        anthropic-ratelimit-requests-remaining: 0
                        anthropic-ratelimit-requests-reset: 2026-03-20T12:00:32Z
                        anthropic-ratelimit-tokens-limit: 40000
                        anthropic-ratelimit-tokens-remaining: 40000
                        anthropic-ratelimit-tokens-reset: 2026-03-20T12:00:00Z"""),
                row("OpenAICompatible", "inputTokensPerMinute", 1_500, """
                        anthropic-ratelimit-input-tokens-limit: 30000
                        anthropic-ratelimit-input-tokens-remaining: 0
                        anthropic-ratelimit-input-tokens-reset: 2026-03-20T12:00:45Z
                        anthropic-ratelimit-output-tokens-limit: 8000
                        anthropic-ratelimit-output-tokens-remaining: 8000
                        anthropic-ratelimit-output-tokens-reset: 2026-03-20T12:00:00Z
                        anthropic-ratelimit-requests-limit: 50
                        anthropic-ratelimit-requests-remaining: 49
                        anthropic-ratelimit-requests-reset: 2026-03-20T12:00:01Z"""),
                // max_tokens does not count there: as much as answers usually have, 256 at 8,000 in a minute.
                row("OpenAICompatible", "outputTokensPerMinute", 1_920, """
                        anthropic-ratelimit-input-tokens-limit: 30000
                        anthropic-ratelimit-input-tokens-remaining: 28000
                        anthropic-ratelimit-input-tokens-reset: 2026-03-20T12:00:04Z
                        anthropic-ratelimit-output-tokens-limit: 8000
                        anthropic-ratelimit-output-tokens-remaining: 0
                        anthropic-ratelimit-output-tokens-reset: 2026-03-20T12:01:00Z"""),
                // A reset that is past says nothing: a minute's limit comes back in a minute.
                row("OpenAICompatible", "inputTokensPerMinute", 2_000, """
                        anthropic-ratelimit-input-tokens-limit: 30000
                        anthropic-ratelimit-input-tokens-remaining: 0
                        anthropic-ratelimit-input-tokens-reset: 2026-03-20T11:59:58Z"""),
                row("OpenAICompatible", FREE, 0, """
                        anthropic-ratelimit-input-tokens-limit: 2000000
                        anthropic-ratelimit-input-tokens-remaining: 1999000
                        anthropic-ratelimit-input-tokens-reset: 2026-03-20T11:59:58Z
                        anthropic-ratelimit-output-tokens-limit: 400000
                        anthropic-ratelimit-output-tokens-remaining: 400000
                        anthropic-ratelimit-output-tokens-reset: 2026-03-20T11:59:58Z
                        anthropic-ratelimit-tokens-limit: 2400000
                        anthropic-ratelimit-tokens-remaining: 2399000
                        anthropic-ratelimit-tokens-reset: 2026-03-20T11:59:58Z
                        retry-after: 24"""),
                row("Groq", "requestsPerDay", 6_000, """
                        x-ratelimit-limit-requests: 14400
                        x-ratelimit-remaining-requests: 0
                        x-ratelimit-reset-requests: 23h59m59.999999999s
                        x-ratelimit-limit-tokens: 18000
                        x-ratelimit-remaining-tokens: 17997
                        x-ratelimit-reset-tokens: 7.66s"""),
                row("Groq", "requestsPerDay", 6_000, """
                        x-ratelimit-limit-requests: 14400
                        x-ratelimit-remaining-requests: 0"""),
                row("Groq", "tokensPerMinute", 16_987, """
                        x-ratelimit-limit-requests: 14400
                        x-ratelimit-remaining-requests: 14370
                        x-ratelimit-reset-requests: 2m59.56s
                        x-ratelimit-limit-tokens: 18000
                        x-ratelimit-remaining-tokens: 0
                        x-ratelimit-reset-tokens: 1m0s"""),
                // Azure: whole seconds.
                row("OpenAICompatible", "tokensPerMinute", 3_058, """
                        x-ratelimit-key: gpt-5-nano
                        x-ratelimit-limit-requests: 50
                        x-ratelimit-remaining-requests: 49
                        x-ratelimit-reset-requests: 1
                        x-ratelimit-limit-tokens: 50000
                        x-ratelimit-remaining-tokens: 0
                        x-ratelimit-reset-tokens: 30
                        x-ratelimit-renewalperiod-tokens: 60"""),
                row("OpenAICompatible", FREE, 0, """
                        x-ratelimit-limit-requests: -1
                        x-ratelimit-remaining-requests: -1
                        x-ratelimit-reset-requests: 0
                        x-ratelimit-limit-tokens: -1
                        x-ratelimit-remaining-tokens: -1
                        x-ratelimit-reset-tokens: 0"""),
                row("Mistral", "requestsPerMinute", 600, """
                        x-ratelimit-limit-req-minute: 100
                        x-ratelimit-remaining-req-minute: 0
                        x-ratelimit-limit-tokens-minute: 100000
                        x-ratelimit-remaining-tokens-minute: 98863
                        x-ratelimit-tokens-query-cost: 60"""),
                // As much as is expected, 1,256, at 100,000 a minute.
                row("Mistral", "tokensPerMinute", 754, """
                        x-ratelimit-limit-req-minute: 100
                        x-ratelimit-remaining-req-minute: 94
                        x-ratelimit-limit-tokens-minute: 100000
                        x-ratelimit-remaining-tokens-minute: 0"""),
                // Cerebras: decimal seconds.
                row("OpenAICompatible", "requestsPerDay", 2_293, """
                        x-ratelimit-limit-requests-day: 14400
                        x-ratelimit-remaining-requests-day: 0
                        x-ratelimit-reset-requests-day: 33011.382867097855
                        x-ratelimit-limit-tokens-minute: 60000
                        x-ratelimit-remaining-tokens-minute: 59000
                        x-ratelimit-reset-tokens-minute: 11.382867097854614"""),
                row("OpenAICompatible", "tokensPerMinute", 967, """
                        x-ratelimit-limit-requests-day: 14400
                        x-ratelimit-remaining-requests-day: 14000
                        x-ratelimit-reset-requests-day: 33011.382867097855
                        x-ratelimit-limit-tokens-minute: 60000
                        x-ratelimit-remaining-tokens-minute: 0
                        x-ratelimit-reset-tokens-minute: 11.382867097854614"""),
                // SambaNova: minute and day, Unix seconds.
                row("OpenAICompatible", "requestsPerDay", 14_400, """
                        x-ratelimit-limit-requests: 20
                        x-ratelimit-remaining-requests: 19
                        x-ratelimit-reset-requests: 1774008060
                        x-ratelimit-limit-requests-day: 3000
                        x-ratelimit-remaining-requests-day: 0
                        x-ratelimit-reset-requests-day: 1774051200"""),
                // xAI: no resets.
                row("OpenAICompatible", "requestsPerMinute", 34, """
                        x-ratelimit-limit-requests: 1800
                        x-ratelimit-remaining-requests: 0
                        x-ratelimit-limit-tokens: 10000000
                        x-ratelimit-remaining-tokens: 9992949"""),
                // Fireworks: prompt and answer apart.
                row("OpenAICompatible", "inputTokensPerMinute", 1_000, """
                        x-ratelimit-limit-requests: 600
                        x-ratelimit-remaining-requests: 599
                        x-ratelimit-limit-tokens-prompt: 60000
                        x-ratelimit-remaining-tokens-prompt: 0"""),
                row("OpenAICompatible", "outputTokensPerMinute", 2_560, """
                        x-ratelimit-limit-tokens-prompt: 60000
                        x-ratelimit-remaining-tokens-prompt: 59000
                        x-ratelimit-limit-tokens-generated: 6000
                        x-ratelimit-remaining-tokens-generated: 0"""),
                // OpenRouter: all at once, at a Unix time in milliseconds.
                row("OpenRouter", "requestsPerMinute", 41_000, """
                        X-RateLimit-Limit: 20
                        X-RateLimit-Remaining: 0
                        X-RateLimit-Reset: 1774008041000"""),
                row("Together", "requestsPerMinute", 2_000, """
                        x-ratelimit-limit: 2
                        x-ratelimit-remaining: 0
                        x-ratelimit-reset: 2"""),
                row("Together", "tokensPerMinute", 1_000, """
                        x-ratelimit-limit: 10
                        x-ratelimit-remaining: 9
                        x-ratelimit-reset: 1
                        x-tokenlimit-limit: 3000
                        x-tokenlimit-remaining: 0
                        x-tokenlimit-reset: 1"""));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("responses")
    void the_limit_that_a_response_says_is_used_up_keeps_the_next_call_as_long_as_it_needs(
            String type, String limit, long waitMs, String headers) {
        var profile = profiles.get(type);
        var gate = new Quotas(profile.admission()).account("acct", "m");
        var said = profile.limitHeaders().read(lookup(headers)::get, NOW);

        assertThat(said.equals(LimitSnapshot.NOTHING)).as("says nothing").isEqualTo(headers.contains("-1"));
        gate.corrected(said, gate.reserve(CALL, NOW), NOW);

        assertThat(gate.opensAt(CALL, NOW) - NOW).isEqualTo(waitMs);
        assertThat(gate.bindingLimit(CALL, NOW))
                .isEqualTo(limit == null ? null : "acct/m/" + limit + " as the provider's headers say");
    }

    private static Arguments row(String type, String limit, long waitMs, String headers) {
        return arguments(type, limit, waitMs, headers);
    }

    private static Map<String, String> lookup(String headers) {
        var byName = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        headers.lines().forEach(line -> byName.put(line.split(": ")[0], line.split(": ")[1]));
        return byName;
    }
}
