package dev.fairlead.sidecar.pool.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.config.CoordinationConfig.Mode;
import dev.fairlead.sidecar.config.KeyConfig;
import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.pool.Demand;
import dev.fairlead.sidecar.pool.Spent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where clients choose among more models than books are kept of. */
class ManyModelsTest {
    private static final int MORE_THAN_ARE_KEPT = 1_100;

    private final Quotas quotas = new Quotas();

    private void askForManyModels() {
        for (int i = 0; i < MORE_THAN_ARE_KEPT; i++) {
            assertThat(quotas.account("acct", "model-" + i).opensAt(Demand.ONE_CALL, 0))
                    .isZero();
        }
    }

    @Test
    void calls_count_in_a_limit_that_appears_while_they_run_however_many_models_came_before() {
        quotas.configure(Pools.limited(), 0);
        var held = quotas.account("acct", "held");
        askForManyModels();
        var running = new ArrayList<Hold>();
        for (int i = 0; i < 2; i++) {
            running.add(held.reserve(Demand.ONE_CALL, 10));
        }
        quotas.configure(Pools.limited(Pools.atOnce(2)), 20);
        var other = quotas.account("acct", "other");
        assertThat(other.opensAt(Demand.ONE_CALL, 20)).as("two run").isGreaterThan(20);

        held.settle(running.get(0), Spent.UNKNOWN, true, 30);
        assertThat(other.opensAt(Demand.ONE_CALL, 30)).isEqualTo(30);
        other.reserve(Demand.ONE_CALL, 30);
        assertThat(held.opensAt(Demand.ONE_CALL, 30)).isGreaterThan(30);
    }

    @Test
    void an_account_that_comes_back_while_its_calls_run_still_counts_them() {
        quotas.configure(Pools.limited(), 0);
        var held = quotas.account("acct", "held");
        askForManyModels();
        var running = held.reserve(Demand.ONE_CALL, 10);
        quotas.configure(without(), 20);
        quotas.configure(Pools.limited(Pools.atOnce(1)), 30);
        assertThat(quotas.account("acct", "other").opensAt(Demand.ONE_CALL, 30)).isGreaterThan(30);
        held.settle(running, Spent.UNKNOWN, true, 40);
        assertThat(quotas.account("acct", "other").opensAt(Demand.ONE_CALL, 40)).isEqualTo(40);
    }

    private static PoolConfig without() {
        var key = new KeyConfig("k2", "else", 1, "ba9876543210", "secret");
        var pool = Pools.pool(Mode.LOCAL, List.of(key));
        return new PoolConfig(
                pool.namespace(),
                pool.name(),
                pool.provider(),
                pool.baseUrl(),
                pool.auth(),
                pool.keys(),
                pool.strategy(),
                pool.coolDown(),
                pool.waitingRoom(),
                pool.proxy(),
                pool.caBundle(),
                pool.affinity(),
                List.of(),
                pool.coordination());
    }

    @Test
    void a_model_that_somebody_still_uses_keeps_its_books() {
        quotas.configure(Pools.limited(), 0);
        var held = quotas.account("acct", "held");
        askForManyModels();
        assertThat(quotas.account("acct", "held")).isSameAs(held);
    }
}
