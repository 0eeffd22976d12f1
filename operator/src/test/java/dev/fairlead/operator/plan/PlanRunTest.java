package dev.fairlead.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.operator.plan.load.Load;
import dev.fairlead.sidecar.config.SidecarConfig;
import dev.fairlead.sidecar.provider.ProviderProfiles;
import java.util.List;
import org.junit.jupiter.api.Test;

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
