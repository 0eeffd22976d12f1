package dev.fairlead.sidecar.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A pool's longest wait is that of a call, however often the provider turns it away meanwhile. */
class LongestWaitTest {
    private static final String LIMITED =
            "{\"error\":{\"message\":\"Rate limit reached\",\"type\":\"requests\",\"code\":\"rate_limit_exceeded\"}}";

    @Test
    void each_attempt_that_is_turned_away_has_only_the_rest_of_the_wait() throws Exception {
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(429, LIMITED, "retry-after: 2"));
                var plane = new DataPlane(new Configs()
                        .waiting(3_000, 100)
                        .pool("main", provider.url(), "a")
                        .build())) {
            var answer = plane.chat(DataPlane.HELLO);

            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("x-fairlead-error")).contains("keys_exhausted");
            assertThat(provider.requests()).hasSize(2);
            assertThat(Long.parseLong(
                            answer.headers().firstValue("x-fairlead-wait-ms").orElseThrow()))
                    .isBetween(2_000L, 3_000L);
            assertThat(Long.parseLong(
                            answer.headers().firstValue("retry-after-ms").orElseThrow()))
                    .as("a repeat has the whole wait before it and is let in at once, as why says")
                    .isBetween(0L, 1L);
            assertThat(plane.admin("/debug/why?model=gpt-4o")).contains("\"answer\" : \"waits\"");
        }
    }

    @Test
    void where_the_wait_is_over_the_call_goes_on_waiting_at_the_other_pool() throws Exception {
        try (var main = new FakeProvider((request, exchange) -> exchange.json(429, LIMITED, "retry-after: 1"));
                var backup = new FakeProvider((request, exchange) -> exchange.json(429, LIMITED, "retry-after: 3"));
                var plane = new DataPlane(new Configs()
                        .waiting(1_500, 100)
                        .pool("main", main.url(), "a")
                        .waiting(10_000, 100)
                        .pool("backup", backup.url(), "b")
                        .build())) {
            var call = plane.chatAsync(DataPlane.HELLO);
            await().until(() -> main.requests().size() == 2);
            backup.now((request, exchange) -> exchange.json(200, DataPlane.ANSWER));

            var answer = call.get(10, TimeUnit.SECONDS);
            assertThat(answer.headers().firstValue("x-fairlead-target")).contains("backup");
            assertThat(main.requests())
                    .as("one of the one and a half seconds was waited there before the second")
                    .hasSize(2);
        }
    }
}
