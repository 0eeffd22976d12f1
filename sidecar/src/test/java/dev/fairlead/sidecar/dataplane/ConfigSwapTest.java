package dev.fairlead.sidecar.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fairlead.sidecar.config.ConfigException;
import dev.fairlead.sidecar.config.ErrorCode;
import dev.fairlead.sidecar.config.LimitConfig;
import dev.fairlead.sidecar.config.LimitConfig.Unit;
import dev.fairlead.sidecar.config.ModelConfig;
import dev.fairlead.sidecar.config.RefusalConfig;
import dev.fairlead.sidecar.config.RouteConfig;
import dev.fairlead.sidecar.config.SidecarConfig;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exchanging the configuration under running calls. */
class ConfigSwapTest {
    private static final String RATE_LIMITED =
            "{\"error\":{\"message\":\"Rate limit reached\",\"code\":\"rate_limit_exceeded\"}}";

    @Test
    void before_the_first_configuration_calls_are_refused_with_its_code() throws Exception {
        try (var plane = new DataPlane(1)) {
            var answer = plane.chat(DataPlane.HELLO);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("x-fairlead-error")).contains("not_configured");
            assertThat(plane.admin("/readyz")).contains("no configuration");
        }
    }

    @Test
    void cool_downs_and_limits_survive() throws Exception {
        try (var provider =
                        new FakeProvider((request, exchange) -> exchange.json(429, RATE_LIMITED, "retry-after: 900"));
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a").build())) {
            plane.chat(DataPlane.HELLO);
            plane.apply(new Configs()
                    .limits(new LimitConfig("new", Unit.REQUESTS, 100, 1_000))
                    .pool("main", provider.url(), "a")
                    .build());
            assertThat(plane.chat(DataPlane.HELLO).statusCode()).isEqualTo(429);
            assertThat(provider.requests()).hasSize(1);
        }
    }

    @Test
    void a_pool_that_points_elsewhere_starts_afresh() throws Exception {
        try (var first = new FakeProvider((request, exchange) -> exchange.json(429, RATE_LIMITED, "retry-after: 900"));
                var second = new FakeProvider((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
                var plane = new DataPlane(
                        new Configs().pool("main", first.url(), "a").build())) {
            plane.chat(DataPlane.HELLO);
            plane.apply(new Configs().pool("main", second.url(), "a").build());
            assertThat(plane.chat(DataPlane.HELLO).statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void a_call_that_waits_goes_where_the_new_configuration_sends_it(int loops) throws Exception {
        try (var limited = new FakeProvider((request, exchange) -> exchange.json(429, RATE_LIMITED, "retry-after: 8"));
                var other = new FakeProvider((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
                var plane = new DataPlane(loops)) {
            plane.apply(new Configs().pool("main", limited.url(), "a").build());
            var waiting = plane.chatAsync(DataPlane.HELLO);
            await().untilAsserted(() -> assertThat(plane.admin("/debug/keys")).contains("\"waiting\" : 1"));
            plane.apply(new Configs().pool("other", other.url(), "b").build());

            assertThat(waiting.get(2, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_running_call_keeps_its_configuration_and_a_suspended_tenant_stops_the_next() throws Exception {
        var arrived = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        try (var provider = new FakeProvider((request, exchange) -> {
                    arrived.countDown();
                    goOn.await(5, TimeUnit.SECONDS);
                    exchange.json(200, DataPlane.ANSWER);
                });
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a").build())) {
            var running = plane.chatAsync(DataPlane.HELLO);
            arrived.await();
            plane.apply(new SidecarConfig(
                    1,
                    null,
                    new RefusalConfig(ErrorCode.TENANT_SUSPENDED, "Tenant 'a' is suspended."),
                    List.of(),
                    List.of()));
            var refused = plane.chat(DataPlane.HELLO);
            goOn.countDown();

            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("tenant_suspended", "Tenant 'a' is suspended.");
            assertThat(running.join().statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void a_call_that_waits_hears_why_when_its_tenant_is_suspended_or_its_route_closed(int loops) throws Exception {
        try (var limited = new FakeProvider((request, exchange) -> exchange.json(429, RATE_LIMITED, "retry-after: 8"));
                var plane = new DataPlane(loops)) {
            var open = new Configs()
                    .limits(new LimitConfig("calls", Unit.REQUESTS, 2, 60_000))
                    .pool("main", limited.url(), "a")
                    .build();
            var suspended = new RefusalConfig(ErrorCode.TENANT_SUSPENDED, "Tenant 'a' is suspended.");
            assertThat(waitsUntil(plane, open, new SidecarConfig(1, null, suspended, List.of(), List.of())))
                    .contains("\"code\":\"tenant_suspended\"", "Tenant 'a' is suspended.");

            assertThat(waitsUntil(plane, open, new SidecarConfig(1, null, null, List.of(revoked(open)), List.of())))
                    .contains("\"code\":\"subscription_revoked\"", "was revoked");
        }
    }

    @Test
    void a_call_whose_route_is_closed_while_it_waits_is_not_sent_although_its_pool_stays() throws Exception {
        try (var provider =
                        new FakeProvider((request, exchange) -> exchange.json(429, RATE_LIMITED, "retry-after: 1"));
                var plane = new DataPlane(1)) {
            var open = new Configs().pool("main", provider.url(), "a").build();
            plane.apply(open);
            var waiting = plane.chatAsync(DataPlane.HELLO);
            await().untilAsserted(() -> assertThat(plane.admin("/debug/keys")).contains("\"waiting\" : 1"));
            provider.now((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
            plane.apply(new SidecarConfig(1, null, null, List.of(revoked(open)), open.pools()));

            var answer = waiting.get(5, TimeUnit.SECONDS);

            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).contains("\"code\":\"subscription_revoked\"");
            assertThat(provider.requests()).hasSize(1);
            await().untilAsserted(() ->
                    assertThat(plane.admin("/metrics")).contains("_leases_in_flight{pool=\"team-a/main\"} 0"));
        }
    }

    @Test
    void a_call_that_comes_to_another_route_while_it_waits_counts_against_that_routes_limits() throws Exception {
        try (var limited =
                        new FakeProvider((request, exchange) -> exchange.json(429, RATE_LIMITED, "retry-after: 60"));
                var answering = new FakeProvider((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
                var plane = new DataPlane(1)) {
            var calls = new LimitConfig("calls", Unit.REQUESTS, 1, 60_000);
            plane.apply(new Configs()
                    .limits(calls)
                    .waiting(600_000, 10)
                    .timeouts(600_000, 1_000, 5_000, 5_000)
                    .pool("main", limited.url(), "a")
                    .build());
            var waiting = plane.chatAsync(DataPlane.HELLO);
            await().untilAsserted(() -> assertThat(plane.admin("/debug/keys")).contains("\"waiting\" : 1"));
            var other = new Configs()
                    .limits(calls)
                    .pool("other", answering.url(), "a")
                    .build();
            plane.apply(new SidecarConfig(1, null, null, List.of(named("other", other)), other.pools()));

            assertThat(waiting.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            assertThat(plane.chat(DataPlane.HELLO).statusCode()).isEqualTo(429);
            assertThat(answering.requests()).hasSize(1);
        }
    }

    private static RouteConfig named(String name, SidecarConfig config) {
        var route = config.routes().get(0);
        return new RouteConfig(
                route.namespace(),
                name,
                route.audience(),
                null,
                null,
                null,
                route.endpoints(),
                route.models(),
                route.fallback(),
                route.timeouts(),
                route.limits());
    }

    private static String waitsUntil(DataPlane plane, SidecarConfig before, SidecarConfig after) throws Exception {
        plane.apply(before);
        var waiting = plane.chatAsync(DataPlane.HELLO);
        await().untilAsserted(() -> assertThat(plane.admin("/debug/keys")).contains("\"waiting\" : 1"));
        plane.apply(after);
        var answer = waiting.get(2, TimeUnit.SECONDS);
        assertThat(answer.statusCode()).isEqualTo(403);
        return answer.body();
    }

    private static RouteConfig revoked(SidecarConfig config) {
        var route = config.routes().get(0);
        return new RouteConfig(
                route.namespace(),
                route.name(),
                RouteConfig.Audience.REFUSED,
                new RefusalConfig(ErrorCode.SUBSCRIPTION_REVOKED, "Subscription b/chat was revoked"),
                null,
                null,
                route.endpoints(),
                List.of(new ModelConfig("gpt-4o", List.of())),
                null,
                null,
                List.of());
    }

    @Test
    void a_subscription_that_has_expired_opens_nothing_and_why_says_the_same() throws Exception {
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
                var plane = new DataPlane(1)) {
            var config = new Configs().pool("main", provider.url(), "a").build();
            plane.apply(subscribed(config, System.currentTimeMillis() + 3_600_000));
            assertThat(plane.chat(DataPlane.HELLO).statusCode()).isEqualTo(200);
            assertThat(plane.admin("/debug/why?model=gpt-4o")).contains("\"answer\" : \"served\"");

            plane.apply(subscribed(config, System.currentTimeMillis() - 1));
            var refused = plane.chat(DataPlane.HELLO);
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.headers().firstValue("x-fairlead-error")).contains("subscription_expired");
            assertThat(plane.admin("/debug/why?model=gpt-4o")).contains("\"code\" : \"subscription_expired\"");
            assertThat(provider.requests()).hasSize(1);
        }
    }

    private static SidecarConfig subscribed(SidecarConfig config, long validUntilMs) {
        var route = config.routes().get(0);
        var until = new RouteConfig(
                route.namespace(),
                route.name(),
                RouteConfig.Audience.SUBSCRIBED,
                null,
                validUntilMs,
                "b/chat",
                route.endpoints(),
                route.models(),
                route.fallback(),
                route.timeouts(),
                route.limits());
        return new SidecarConfig(1, null, null, List.of(until), config.pools());
    }

    @Test
    void a_bad_configuration_is_refused_with_its_path_and_the_old_one_stays() throws Exception {
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a").build())) {
            assertThatThrownBy(() -> plane.sidecar()
                            .apply(new Configs().pool("main", "nonsense", "a").build()))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("pools[0].baseUrl");
            assertThat(plane.chat(DataPlane.HELLO).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_key_that_is_exchanged_is_used_by_the_next_call() throws Exception {
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "old").build())) {
            plane.chat(DataPlane.HELLO);
            plane.apply(new Configs().pool("main", provider.url(), "new").build());
            plane.chat(DataPlane.HELLO);

            assertThat(provider.requests().get(1).header("authorization")).isEqualTo("Bearer sk-main-new");
        }
    }

    @Test
    void nothing_secret_is_shown_by_the_admin_port() throws Exception {
        try (var plane = new DataPlane(
                new Configs().pool("main", "http://127.0.0.1:1/v1", "a").build())) {
            for (var page : List.of("/debug/config", "/debug/keys", "/metrics", "/healthz", "/readyz")) {
                assertThat(plane.admin(page)).isNotEmpty().doesNotContain("sk-main");
            }
        }
    }
}
