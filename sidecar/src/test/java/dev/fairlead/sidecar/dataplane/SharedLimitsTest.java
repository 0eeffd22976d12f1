package dev.fairlead.sidecar.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.sidecar.config.CoordinationConfig;
import dev.fairlead.sidecar.config.QuotaGroupConfig;
import dev.fairlead.sidecar.config.QuotaLimits;
import dev.fairlead.sidecar.config.SidecarConfig;
import dev.fairlead.sidecar.redis.NeedsRedis;
import dev.fairlead.sidecar.redis.RealRedis;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two sidecars, one account, one Redis. */
@ExtendWith(NeedsRedis.class)
class SharedLimitsTest {
    @Test
    void two_processes_with_one_redis_send_an_account_no_more_than_its_limit_and_nearly_all_of_it() throws Exception {
        try (var redis = RealRedis.start().knowing("team-a/main");
                var provider = new FakeProvider((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
                var one = new DataPlane(config(redis, provider));
                var other = new DataPlane(config(redis, provider))) {
            var calls = new ArrayList<CompletableFuture<HttpResponse<String>>>();
            for (int i = 0; i < 30; i++) {
                var plane = i % 2 == 0 ? one : other;
                calls.add(plane.chatAsync(DataPlane.HELLO, "x-fairlead-timeout-ms", "8000"));
            }
            int served = 0;
            for (var call : calls) {
                served += call.join().statusCode() == 200 ? 1 : 0;
            }
            assertThat(served).isEqualTo(provider.requests().size()).isBetween(17, 20);

            redis.kill();
            for (int i = 0; i < 4; i++) {
                var late = (i % 2 == 0 ? one : other).chat(DataPlane.HELLO, "x-fairlead-timeout-ms", "2000");
                assertThat(late.statusCode()).isIn(200, 429, 504);
            }
            assertThat(provider.requests()).as("the last shares hold").hasSizeLessThanOrEqualTo(20);
        }
    }

    @Test
    void when_its_redis_is_away_what_the_last_share_has_no_room_for_is_refused_before_its_deadline() throws Exception {
        try (var redis = RealRedis.start().knowing("team-a/main");
                var provider = new FakeProvider((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
                var one = new DataPlane(config(redis, provider));
                var other = new DataPlane(config(redis, provider))) {
            assertThat(one.chat(DataPlane.HELLO).statusCode()).isEqualTo(200);
            assertThat(other.chat(DataPlane.HELLO).statusCode()).isEqualTo(200);
            redis.kill();
            await().atMost(30, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(one.admin("/debug/why?model=gpt-4o"))
                            .containsPattern(" has been away for ([5-9]|[0-9][0-9]) s"));
            var calls = new ArrayList<CompletableFuture<HttpResponse<String>>>();
            for (int i = 0; i < 20; i++) {
                calls.add(one.chatAsync(DataPlane.HELLO));
            }
            var refused = calls.stream()
                    .map(CompletableFuture::join)
                    .filter(answer -> answer.statusCode() != 200)
                    .toList();
            assertThat(refused).isNotEmpty().allSatisfy(answer -> {
                assertThat(answer.statusCode()).isEqualTo(429);
                assertThat(Integer.parseInt(
                                answer.headers().firstValue("retry-after").orElseThrow()))
                        .as("when its own window has room")
                        .isBetween(30, 61);
                assertThat(Integer.parseInt(answer.headers()
                                .firstValue("x-fairlead-wait-ms")
                                .orElse("0")))
                        .isLessThan(1_000);
            });
        }
    }

    @Test
    void that_its_redis_is_away_is_on_the_metrics_page_and_in_what_why_says() throws Exception {
        try (var redis = RealRedis.start().knowing("team-a/main");
                var provider = new FakeProvider((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
                var plane = new DataPlane(config(redis, provider))) {
            var gauge = "fairlead_redis_up{address=\"" + redis.config().address() + "\"} ";
            awaitPage(plane, "/metrics", gauge + "1");
            assertThat(plane.admin("/debug/why?model=gpt-4o")).doesNotContain("coordination");

            redis.kill();
            awaitPage(plane, "/metrics", gauge + "0");
            assertThat(plane.admin("/debug/why?model=gpt-4o"))
                    .contains("\"coordination\" : \"Redis at " + redis.config().address() + " has been away for ")
                    .contains("; the last shares hold\"");

            redis.run();
            awaitPage(plane, "/metrics", gauge + "1");
        }
    }

    private static void awaitPage(DataPlane plane, String path, String text) {
        await().atMost(30, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(plane.admin(path)).contains(text));
    }

    private static SidecarConfig config(RealRedis redis, FakeProvider provider) {
        var limits = new QuotaLimits(null, 20L, null, null, null, null, null, null, 20L);
        return new Configs()
                .quotas(new QuotaGroupConfig("a", List.of(limits)))
                .coordination(new CoordinationConfig(CoordinationConfig.Mode.REDIS, redis.config()))
                .pool("main", provider.url(), "a")
                .build();
    }
}
