package dev.fairlead.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.config.QuotaLimits;
import dev.fairlead.sidecar.config.SidecarConfig;
import dev.fairlead.sidecar.config.WaitConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

class VariationTest {
    private static final String POOL = "default/openai";
    private static final QuotaLimits LIMITS = new QuotaLimits(List.of("gpt-*"), 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    private static final QuotaLimits TWICE = new QuotaLimits(List.of("gpt-*"), 2L, 4L, 6L, 8L, 10L, 12L, 14L, 16L);

    private static PoolConfig pool(List<SidecarConfig> configs) {
        return configs.get(0).pools().get(0);
    }

    @Test
    void aTierUpDoublesEveryLimitOfAccountsAndOfKeys() {
        var accounts = pool(Variation.oneTierUp(List.of(Pools.accounts(1, LIMITS, 1_000)), POOL));
        assertThat(accounts.quotaGroups().get(0).limits()).containsExactly(TWICE);
        assertThat(accounts.keys().get(0).limits()).isNull();
        var keys = pool(Variation.oneTierUp(List.of(Pools.limitedKeys(1, LIMITS, 1_000)), POOL));
        assertThat(keys.keys().get(0).limits()).isEqualTo(TWICE);
    }

    @Test
    void oneMoreAccountHasTheLimitsOfTheOneThatBinds() {
        var accounts = pool(Variation.oneMoreAccount(List.of(Pools.accounts(2, LIMITS, 1_000)), POOL, "account-2"));
        assertThat(accounts.keys()).hasSize(3);
        assertThat(accounts.quotaGroups().get(2).limits()).containsExactly(LIMITS);
        var keys = pool(Variation.oneMoreAccount(List.of(Pools.limitedKeys(2, LIMITS, 1_000)), POOL, "key key-2"));
        assertThat(keys.keys().get(2).limits()).isEqualTo(LIMITS);
    }

    @Test
    void withoutKeysNothingCanBeAdded() {
        var none = Variation.asOne(List.of(Pools.withoutKeys(LIMITS, 1_000)), List.of(1));
        assertThat(Variation.oneMoreAccount(none, POOL, "account-1")).isEqualTo(none);
    }

    @Test
    void everySidecarThatUsesAPoolBringsAWaitingRoom() {
        var config = Pools.accounts(1, LIMITS, 1_000);
        var elsewhere = new SidecarConfig(SidecarConfig.VERSION, null, null, List.of(), List.of());
        var room = pool(Variation.asOne(List.of(config, elsewhere, config), List.of(3, 40, 2)))
                .waitingRoom();
        assertThat(room).isEqualTo(new WaitConfig(1_000, 500_000, 5L << 30));
        var endless = pool(Variation.asOne(List.of(config), List.of(Integer.MAX_VALUE)));
        assertThat(endless.waitingRoom().maxDepth()).isEqualTo(Integer.MAX_VALUE);
        assertThat(endless.waitingRoom().maxBytes()).isPositive();
        var more = Variation.oneMoreAccount(Variation.asOne(List.of(config), List.of(2)), POOL, "account-1");
        assertThat(pool(more).waitingRoom().maxDepth()).isEqualTo(200_000);
    }
}
