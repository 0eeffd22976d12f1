package dev.fairlead.sidecar.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.config.FallbackConfig;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a client is told when no key of a pool is of use: what the provider has said of them, as long as they rest for it. */
class UnusablePoolTest {
    private static final String NO_MODEL =
            "{\"error\":{\"message\":\"The model `gpt-4o` does not exist or you do not have"
                    + " access to it.\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"model_not_found\"}}";
    private static final String GONE = "{\"error\":{\"message\":\"The model `gpt-4o` has been deprecated\",\"type\":"
            + "\"invalid_request_error\",\"param\":null,\"code\":\"model_not_found\"}}";
    private static final String NO_REGION = "{\"error\":{\"message\":\"Country, region, or territory not supported\","
            + "\"type\":\"request_forbidden\",\"param\":null,\"code\":\"unsupported_country_region_territory\"}}";
    private static final String BAD_KEY = "{\"error\":{\"message\":\"Incorrect API key provided\",\"type\":"
            + "\"invalid_request_error\",\"code\":\"invalid_api_key\"}}";
    private static final String RATE_LIMITED =
            "{\"error\":{\"message\":\"Rate limit reached\",\"type\":\"requests\",\"code\":\"rate_limit_exceeded\"}}";

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse(null);
    }

    @Test
    void a_model_that_the_provider_does_not_have_stays_not_found() throws Exception {
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(404, NO_MODEL));
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a", "b").build())) {
            var first = plane.chat(DataPlane.HELLO);
            assertThat(first.statusCode()).isEqualTo(404);
            assertThat(first.body()).as("in the provider's words").isEqualTo(NO_MODEL);

            var later = plane.chat(DataPlane.HELLO);
            assertThat(later.statusCode()).isEqualTo(404);
            assertThat(header(later, "x-fairlead-error")).isEqualTo("model_not_found");
            assertThat(header(later, "x-should-retry")).isEqualTo("false");
            assertThat(later.body())
                    .contains("\"code\":\"model_not_found\"", "\"param\":\"model\"", "'gpt-4o'", "2 model_access")
                    .containsPattern("the next call that tries one goes in 3\\d\\d\\d s");
            assertThat(provider.requests()).hasSize(2);
            assertThat(plane.admin("/debug/why?model=gpt-4o")).contains("\"code\" : \"model_not_found\"");
        }
    }

    @Test
    void a_model_that_is_gone_rests_at_its_target_and_the_next_target_is_asked_alone() throws Exception {
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(410, GONE));
                var backup = new FakeProvider((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
                var plane = new DataPlane(new Configs()
                        .pool("main", provider.url(), "a", "b")
                        .pool("backup", backup.url(), "c")
                        .build())) {
            for (int i = 0; i < 3; i++) {
                assertThat(plane.chat(DataPlane.HELLO).statusCode()).isEqualTo(200);
            }
            assertThat(provider.requests()).as("by one key, once").hasSize(1);
            assertThat(backup.requests()).hasSize(3);
        }
    }

    @Test
    void a_model_that_is_gone_everywhere_is_said_to_be_gone() throws Exception {
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(410, GONE));
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a", "b").build())) {
            var first = plane.chat(DataPlane.HELLO);
            assertThat(first.statusCode()).isEqualTo(410);
            assertThat(first.body()).as("in the provider's words").isEqualTo(GONE);

            var later = plane.chat(DataPlane.HELLO);
            assertThat(later.statusCode()).isEqualTo(404);
            assertThat(header(later, "x-fairlead-error")).isEqualTo("model_not_found");
            assertThat(header(later, "x-should-retry")).isEqualTo("false");
            assertThat(later.body())
                    .contains("The provider of pool 'team-a/main' has withdrawn model 'gpt-4o' (1 model_gone)")
                    .containsPattern("the next call that tries one goes in 3\\d\\d\\d s");
            assertThat(provider.requests()).hasSize(1);
        }
    }

    @Test
    void a_region_that_the_provider_does_not_serve_stays_forbidden() throws Exception {
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(403, NO_REGION));
                var plane = new DataPlane(new Configs()
                        .provider("OpenAI")
                        .pool("main", provider.url(), "a")
                        .build())) {
            for (int i = 0; i < 2; i++) {
                var answer = plane.chat(DataPlane.HELLO);
                assertThat(answer.statusCode()).isEqualTo(403);
                assertThat(header(answer, "x-fairlead-error")).isEqualTo("region_unavailable");
                assertThat(header(answer, "x-should-retry")).isEqualTo("false");
                assertThat(answer.body()).contains("does not serve this region");
            }
            assertThat(provider.requests()).hasSize(1);
        }
    }

    @Test
    void refused_keys_are_a_dead_pool_that_says_when_it_tries_again_and_that_nobody_need_repeat() throws Exception {
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(401, BAD_KEY));
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a").build())) {
            var answer = plane.chat(DataPlane.HELLO);

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(header(answer, "x-fairlead-error")).isEqualTo("keys_unusable");
            assertThat(Long.parseLong(header(answer, "retry-after"))).isBetween(50L, 60L);
            assertThat(header(answer, "x-should-retry")).isEqualTo("false");
            assertThat(answer.body())
                    .containsPattern("1 credential\\); the next call that tries one goes in [56]\\d s\\.");
        }
    }

    @Test
    void a_refused_key_among_limited_ones_leaves_it_a_limit_for_clients_and_for_fallback() throws Exception {
        try (var main = new FakeProvider((request, exchange) -> {
                    if (request.header("authorization").endsWith("-bad")) {
                        exchange.json(401, BAD_KEY);
                    } else {
                        exchange.json(429, RATE_LIMITED, "retry-after: 300");
                    }
                });
                var backup = new FakeProvider((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
                var alone = new DataPlane(
                        new Configs().pool("main", main.url(), "good", "bad").build());
                var falls = new DataPlane(new Configs()
                        .fallback(new FallbackConfig(List.of("RateLimited"), 4, 20_000, false, 2_000))
                        .pool("main", main.url(), "bad", "good")
                        .pool("backup", backup.url(), "c")
                        .build())) {
            for (int i = 0; i < 2; i++) {
                var answer = alone.chat(DataPlane.HELLO);
                assertThat(answer.statusCode()).isEqualTo(429);
                assertThat(header(answer, "x-fairlead-error")).isEqualTo("keys_exhausted");
                assertThat(Long.parseLong(header(answer, "retry-after"))).isBetween(280L, 300L);
            }
            falls.chat(DataPlane.HELLO); // Ends with whatever the last key has said.
            assertThat(falls.chat(DataPlane.HELLO).statusCode()).isEqualTo(200);
        }
    }
}
