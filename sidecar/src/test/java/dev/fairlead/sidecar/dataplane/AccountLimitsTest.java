package dev.fairlead.sidecar.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fairlead.sidecar.config.ConfigException;
import dev.fairlead.sidecar.config.CoolDownRule;
import dev.fairlead.sidecar.config.QuotaGroupConfig;
import dev.fairlead.sidecar.config.QuotaLimits;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What accounts may use, and what errors mean, from the configuration to the wire. */
class AccountLimitsTest {
    private static final String STRANGE = "{\"error\":{\"code\":\"E77\",\"message\":\"the moon is full\"}}";

    @Test
    void an_error_that_nobody_knows_costs_no_key_and_is_counted_until_a_rule_says_what_it_means() throws Exception {
        FakeProvider.Script script = (request, exchange) -> {
            if (request.header("authorization").endsWith("-a")) {
                exchange.json(444, STRANGE);
            } else {
                exchange.json(200, DataPlane.ANSWER);
            }
        };
        try (var provider = new FakeProvider(script);
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a").build())) {
            for (int i = 0; i < 3; i++) {
                assertThat(plane.chat(DataPlane.HELLO).statusCode()).isEqualTo(444);
            }
            assertThat(provider.requests()).as("the key was not let rest").hasSize(3);
            await().atMost(30, TimeUnit.SECONDS)
                    .until(() -> plane.admin("/metrics")
                            .contains("fairlead_attempts_total{class=\"unknown\",pool=\"team-a/main\"} 3"));

            var rule = new CoolDownRule(List.of(), List.of("e77"), List.of(), "rate_limit", "group", 60_000L);
            plane.apply(new Configs()
                    .rules(rule)
                    .pool("main", provider.url(), "a", "b")
                    .build());
            for (int i = 0; i < 6; i++) {
                assertThat(plane.chat(DataPlane.HELLO).statusCode()).isEqualTo(200);
            }
            assertThat(provider.requests().stream()
                            .filter(request -> request.header("authorization").endsWith("-a")))
                    .as("at most one more, then it rests")
                    .hasSizeLessThanOrEqualTo(4);
        }
    }

    @Test
    void a_rule_that_cannot_be_used_is_refused_with_its_place_and_what_is_in_force_stays() throws Exception {
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a").build())) {
            var rule = new CoolDownRule(List.of("429"), List.of(), List.of(), "tired", null, null);
            var broken =
                    new Configs().rules(rule).pool("main", provider.url(), "a").build();
            assertThatThrownBy(() -> plane.sidecar().apply(broken))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("pools[0].coolDown: rules[0].class is 'tired', expected one of transport");
            assertThat(plane.chat(DataPlane.HELLO).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void no_account_gets_more_calls_than_its_limit_and_the_next_one_is_told_when_at_once() throws Exception {
        var limits = List.of(new QuotaLimits(null, 2L, null, null, null, null, null, null, null));
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
                var plane = new DataPlane(new Configs()
                        .quotas(new QuotaGroupConfig("a", limits), new QuotaGroupConfig("b", limits))
                        .pool("main", provider.url(), "a/1", "a/2", "b/1")
                        .build())) {
            for (int i = 0; i < 4; i++) {
                assertThat(plane.chat(DataPlane.HELLO).statusCode()).isEqualTo(200);
            }
            var refused = plane.chat(DataPlane.HELLO);
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("x-fairlead-error")).contains("keys_exhausted");
            assertThat(Long.parseLong(
                            refused.headers().firstValue("retry-after").orElseThrow()))
                    .isBetween(30L, 62L);
            assertThat(provider.requests()).hasSize(4);
            assertThat(provider.requests().stream()
                            .filter(request -> request.header("authorization").endsWith("b/1")))
                    .hasSize(2);
        }
    }

    @Test
    void load_moves_to_another_account_before_the_first_rejection() throws Exception {
        try (var provider = new FakeProvider((request, exchange) -> {
                    var left = request.header("authorization").endsWith("-a") ? "0" : "99";
                    exchange.json(
                            200,
                            DataPlane.ANSWER,
                            "x-ratelimit-limit-requests: 100",
                            "x-ratelimit-remaining-requests: " + left,
                            "x-ratelimit-reset-requests: 6000s");
                });
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a", "b").build())) {
            for (int i = 0; i < 10; i++) {
                assertThat(plane.chat(DataPlane.HELLO).statusCode()).isEqualTo(200);
            }
            assertThat(provider.requests().stream()
                            .filter(request -> request.header("authorization").endsWith("-a")))
                    .hasSizeLessThanOrEqualTo(1);
        }
    }
}
