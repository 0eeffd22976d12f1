package dev.fairlead.sidecar.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.sidecar.config.QuotaGroupConfig;
import dev.fairlead.sidecar.config.QuotaLimits;
import dev.fairlead.sidecar.config.SidecarConfig;
import dev.fairlead.sidecar.config.WorkloadConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A tenant's weight, from the configuration to the order in which calls reach the provider. */
class TenantWeightTest {
    private static final Pattern SAID = Pattern.compile("\"content\":\"(\\w+)\"");

    private static SidecarConfig of(SidecarConfig config, String tenant, int weight) {
        return new SidecarConfig(
                config.version(),
                new WorkloadConfig("team-a", "Deployment/app", "default", tenant, weight),
                null,
                config.routes(),
                config.pools());
    }

    private static String saying(String word) {
        return DataPlane.HELLO.replace("\"hi\"", "\"" + word + "\"");
    }

    @Test
    void those_who_wait_take_turns_by_the_weight_of_the_tenant_for_whom_they_came() throws Exception {
        var oneAtATime =
                new QuotaGroupConfig("a", List.of(new QuotaLimits(null, null, null, null, null, null, null, 1L, null)));
        var mayAnswer = new CountDownLatch(1);
        try (var provider = new FakeProvider((request, exchange) -> {
                    mayAnswer.await();
                    exchange.json(200, DataPlane.ANSWER);
                });
                var plane = new DataPlane(1)) {
            var config = new Configs()
                    .quotas(oneAtATime)
                    .pool("main", provider.url(), "a/1")
                    .build();
            plane.apply(of(config, "light", 1));
            var calls = new ArrayList<CompletableFuture<?>>();
            calls.add(plane.chatAsync(saying("first")));
            await().atMost(30, TimeUnit.SECONDS).until(() -> provider.requests().size() == 1);
            queue(plane, calls, "light");
            plane.apply(of(config, "heavy", 9));
            queue(plane, calls, "heavy");

            mayAnswer.countDown();
            CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);

            assertThat(provider.requests())
                    .extracting(request -> SAID.matcher(request.body())
                            .results()
                            .findFirst()
                            .orElseThrow()
                            .group(1))
                    .containsExactly("first", "light", "heavy", "heavy", "heavy", "light", "light");
        } finally {
            mayAnswer.countDown();
        }
    }

    private static void queue(DataPlane plane, List<CompletableFuture<?>> calls, String word) {
        for (int i = 0; i < 3; i++) {
            calls.add(plane.chatAsync(saying(word)));
            int waiting = calls.size() - 1;
            await().atMost(30, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(plane.admin("/debug/keys")).contains("\"waiting\" : " + waiting));
        }
    }
}
