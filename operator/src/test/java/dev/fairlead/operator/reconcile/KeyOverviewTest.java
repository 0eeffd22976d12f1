package dev.fairlead.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.v1alpha1.KeyState;
import dev.fairlead.operator.allot.PoolStanding;
import dev.fairlead.operator.allot.PoolStanding.KeyStanding;
import dev.fairlead.operator.compile.LeftOutKey;
import dev.fairlead.operator.compile.PoolKeys;
import dev.fairlead.operator.reconcile.Transitions.News;
import dev.fairlead.operator.world.Reason;
import dev.fairlead.sidecar.config.KeyConfig;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyOverviewTest {
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final PoolKeys KEYS = new PoolKeys(
            List.of(key("a", 1, null), key("b", 1, null), key("drained", 0, null), key("old", 1, NOW.toEpochMilli())),
            List.of(new LeftOutKey("lost", "account", Reason.SECRET_NOT_FOUND)));

    private static KeyConfig key(String name, int weight, Long notAfterMs) {
        return new KeyConfig(name, "account", weight, "print-" + name, "sk", 0, List.of(), null, notAfterMs);
    }

    private static PoolStanding standing(KeyStanding... keys) {
        return new PoolStanding(3, List.of(keys), 0, 50, -1);
    }

    private static KeyStanding parked(String name, long forMs) {
        return new KeyStanding(name, "print-" + name, "Parked", forMs, "rate_limit");
    }

    private static List<String> words(KeyOverview overview) {
        return overview.states().stream()
                .map(state -> state.getName() + " " + state.getState() + " " + state.getUntil())
                .toList();
    }

    @Test
    void aKeyIsAsItWasWrittenAndWhereItIsUsableAsSidecarsSay() {
        var overview = KeyOverview.of(KEYS, standing(parked("b", 30_000), parked("drained", 5_000)), List.of(), NOW);
        assertThat(words(overview))
                .containsExactly(
                        "a Available null",
                        "b Parked 2026-06-01T12:00:30Z",
                        "drained Draining null",
                        "old Expired null",
                        "lost Invalid null");
        assertThat(overview.counts().getSummary()).isEqualTo("1/5");
        assertThat(overview.counts().getParked()).isEqualTo(1);
        assertThat(overview.counts().getInvalid()).isEqualTo(1);
        assertThat(overview.nextReset()).isEqualTo("2026-06-01T12:00:30Z");
    }

    @Test
    void anEndThatIsToldALittleOtherwiseIsTheSameEnd() {
        var before = KeyOverview.of(KEYS, standing(parked("b", 30_000)), List.of(), NOW)
                .states();
        var after = KeyOverview.of(KEYS, standing(parked("b", 27_500)), before, NOW.plusSeconds(1));
        assertThat(after.nextReset()).isEqualTo("2026-06-01T12:00:30Z");
        var longer = KeyOverview.of(KEYS, standing(parked("b", 90_000)), before, NOW.plusSeconds(1));
        assertThat(longer.nextReset()).isEqualTo("2026-06-01T12:01:31Z");
    }

    @Test
    void aNewLeaderWhomNobodyHasToldAnythingKeepsWhatIsKnownUntilItsEnd() {
        var before = KeyOverview.of(KEYS, standing(parked("b", 30_000)), List.of(), NOW)
                .states();
        var later = KeyOverview.of(KEYS, PoolStanding.PENDING, before, NOW.plusSeconds(5));
        assertThat(words(later)).contains("b Parked 2026-06-01T12:00:30Z");
        var over = KeyOverview.of(KEYS, PoolStanding.PENDING, before, NOW.plusSeconds(31));
        assertThat(words(over)).contains("b Available null");
        var nobody = KeyOverview.of(KEYS, PoolStanding.UNKNOWN, before, NOW.plusSeconds(5));
        assertThat(words(nobody)).contains("b Available null");
    }

    @Test
    void anEventSaysThatAKeyIsRefusedOnceAndThatItIsBack() {
        var refused = new KeyStanding("a", "print-a", "Invalid", 60_000, "credential");
        var good = KeyOverview.of(KEYS, standing(), List.of(), NOW).states();
        var bad = KeyOverview.of(KEYS, standing(refused), good, NOW).states();
        assertThat(KeyNews.between(good, bad)).extracting(News::reason).containsExactly("KeyQuarantined");
        assertThat(KeyNews.between(bad, bad)).isEmpty();
        assertThat(KeyNews.between(bad, good)).extracting(News::reason).containsExactly("KeyRecovered");
        assertThat(KeyNews.between(
                        good,
                        KeyOverview.of(KEYS, standing(parked("a", 9_000)), good, NOW)
                                .states()))
                .isEmpty();
        assertThat(bad).extracting(KeyState::getReason).contains("credential");
    }
}
