package dev.fairlead.sidecar.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client is told when the provider's own words about time make little sense. */
class ProviderTimesTest {
    private static final long PATIENCE_MS = 1_000;
    private static final long POOLS_OWN_MS = 30_000;
    private static final Pattern SECONDS = Pattern.compile("\\{(-?[0-9]+)}");

    /** What the provider says, with seconds from now in braces, and the wait that it means. */
    static Stream<Arguments> said() {
        return Stream.of(
                arguments("retry-after: 20", 20_000),
                arguments("retry-after: 20.5", 20_500),
                arguments("retry-after: {20}", 20_000),
                arguments("date: {3600}\nretry-after: {3620}", 20_000),
                arguments("date: {-3600}\nretry-after: {-3580}", 20_000),
                arguments("retry-after: {-20}", POOLS_OWN_MS),
                arguments("retry-after: 99999999", POOLS_OWN_MS),
                arguments("retry-after: NaN", POOLS_OWN_MS),
                arguments("retry-after: -5", POOLS_OWN_MS),
                arguments("retry-after: 0", POOLS_OWN_MS),
                arguments("retry-after: soon", POOLS_OWN_MS),
                arguments(limit("-1"), POOLS_OWN_MS),
                arguments(limit("0"), POOLS_OWN_MS),
                arguments(limit("20s"), 20_000));
    }

    private static String[] headers(String said) {
        return SECONDS.matcher(said)
                .replaceAll(from -> http(Instant.now().plusSeconds(Long.parseLong(from.group(1)))))
                .split("\n");
    }

    private static String http(Instant at) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atOffset(ZoneOffset.UTC));
    }

    private static String limit(String reset) {
        return "x-ratelimit-limit-requests: 10\nx-ratelimit-remaining-requests: 0\nx-ratelimit-reset-requests: "
                + reset;
    }

    @ParameterizedTest
    @MethodSource("said")
    void theClientHearsAWaitThatIsTrueOrThePoolsOwn(String said, long ms) throws Exception {
        try (var provider = new FakeProvider((request, exchange) ->
                        exchange.json(429, "{\"error\":{\"code\":\"rate_limit_exceeded\"}}", headers(said)));
                var plane = new DataPlane(new Configs()
                        .provider("OpenAI")
                        .waiting(PATIENCE_MS, 100)
                        .pool("main", provider.url(), "a")
                        .build())) {
            var answer = plane.chat(DataPlane.HELLO);

            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("x-fairlead-error")).isPresent();
            assertThat(Long.parseLong(
                            answer.headers().firstValue("retry-after-ms").orElseThrow()))
                    .isBetween(ms - PATIENCE_MS - 3_000, ms - PATIENCE_MS + 1_500);
        }
    }
}
