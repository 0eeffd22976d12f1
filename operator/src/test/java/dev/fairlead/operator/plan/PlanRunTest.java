package dev.fairlead.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.operator.plan.load.Load;
import dev.fairlead.operator.plan.load.PlannedCall;
import dev.fairlead.sidecar.config.SidecarConfig;
import dev.fairlead.sidecar.exchange.Endpoint;
import dev.fairlead.sidecar.provider.ProviderProfiles;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanRunTest {
    private static final ProviderProfiles PROFILES = ProviderProfiles.load();

    private static PlanResult run(SidecarConfig config, Load load) {
        return new PlanRun(PROFILES, load, 40, 1_700_000_000_000L).run(List.of(config));
    }

    @Test
    void aCallIsAnsweredThroughTheRealExchange() {
        var load = Pools.load(60, 0, 1_000, 1);
        assertThat(load.calls()).hasSize(1);
        var result = run(Pools.accounts(1, null, 60_000), load);
        assertThat(result.served()).isEqualTo(1);
        assertThat(result.notServed()).isEmpty();
        assertThat(result.waits().maxMs()).isZero();
        assertThat(result.pools())
                .singleElement()
                .satisfies(pool -> assertThat(pool.admitted()).isEqualTo(1));
        assertThat(result.leaks()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aResponseIsPlannedAsOne(boolean stream) {
        var calls = Pools.load(60, 0, 10_000, 1).calls().stream()
                .map(call -> new PlannedCall(
                        call.atMicros(),
                        0,
                        Endpoint.RESPONSES,
                        null,
                        call.model(),
                        stream,
                        Map.of(),
                        call.inputTokens(),
                        call.outputTokens(),
                        50,
                        call.firstMs(),
                        call.servedMs()))
                .toList();
        var load = new Load(calls, List.of(Pools.WORKLOAD), 10_000, false, List.of());
        var pools = Pools.accounts(1, null, 60_000);
        var traffic = new Traffic(load, pools, 0, 1);
        traffic.apply(pools);
        traffic.run();
        assertThat(traffic.outcomes).containsOnlyKeys("ok");
        assertThat(traffic.outputTokens)
                .isEqualTo(calls.stream().mapToLong(PlannedCall::outputTokens).sum());
        assertThat(run(Pools.accounts(1, null, 60_000, "Mistral"), load).notServed())
                .as("a provider that knows no responses")
                .containsOnlyKeys("unsupported_translation");
    }

    @Test
    void whatFitsHoldsAndNobodyWaits() {
        var result = run(Pools.accounts(3, Pools.requestsPerMinute(100), 30_000), Pools.load(200, 1, 600_000, 2));
        assertThat(result.holds()).isTrue();
    }

    @Test
    void whatDoesNotFitIsRefused() {
        var result = run(Pools.accounts(3, Pools.requestsPerMinute(60), 30_000), Pools.load(300, 1, 600_000, 2));
        assertThat(result.holds()).isFalse();
    }
}
