package dev.fairlead.sidecar.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RetrySharesTest {
    private final RetryShares shares = new RetryShares();

    @Test
    void a_route_keeps_its_share_over_configurations_and_one_that_is_gone_does_not() {
        var both = config("a", "b");
        var kept = shares.of("a", both);
        var gone = shares.of("b", both);
        assertThat(shares.of("a", both)).isSameAs(kept);

        var one = config("a");
        assertThat(shares.of("a", one)).isSameAs(kept);
        assertThat(shares.routes()).isEqualTo(1);
        assertThat(shares.of("b", config("a", "b"))).isNotSameAs(gone);
    }

    @Test
    void routes_that_come_and_go_are_not_kept() {
        for (int i = 0; i < 1_000; i++) {
            shares.of("route-" + i, config("route-" + i));
            assertThat(shares.routes()).isEqualTo(1);
        }
    }

    private static LiveConfig config(String... routes) {
        var live = Stream.of(routes)
                .map(id -> new LiveRoute(id, null, Set.of(), null, List.of()))
                .toList();
        return new LiveConfig(null, "", 0, null, live, List.of());
    }
}
