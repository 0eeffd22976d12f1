package dev.fairlead.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.config.ConfigCodec;
import dev.fairlead.sidecar.exchange.ByteBudget;
import dev.fairlead.sidecar.telemetry.Metrics;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AdminStateTest {
    private final ArrayDeque<Runnable> writing = new ArrayDeque<>();
    private final AdminState state = new AdminState(
            List.of(),
            new Metrics(1),
            null,
            new ByteBudget(1_000),
            new ConfigCodec(),
            () -> null,
            () -> false,
            List::of,
            writing::add);

    @Test
    void pages_are_not_written_by_whoever_says_last_how_pools_stand() {
        for (CompletableFuture<?> page : List.of(state.keys(), state.metrics(null))) {
            assertThat(page).isNotDone();
            writing.remove().run();
            assertThat(page).isCompleted();
        }
    }
}
