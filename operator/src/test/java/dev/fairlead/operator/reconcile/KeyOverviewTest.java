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
import java.util.Set;
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

    @Test
    void aRefusedKeyIsNotBackBecauseItsRestIsOverOrItsOnlySidecarIsGone() {
        var refused = new KeyStanding("a", "print-a", "Invalid", 60_000, "credential");
        var bad = KeyOverview.of(KEYS, standing(refused), List.of(), NOW).states();
        for (var silent :
                List.of(standing(), standing(parked("a", 9_000)), PoolStanding.UNKNOWN, PoolStanding.PENDING)) {
            for (int seconds : new int[] {2, 3_600}) {
                var then = KeyOverview.of(KEYS, silent, bad, NOW.plusSeconds(seconds));
                assertThat(words(then)).contains("a Invalid " + (seconds == 2 ? "2026-06-01T12:01:00Z" : null));
                assertThat(KeyNews.between(bad, then.states())).isEmpty();
            }
        }
        var taken = new PoolStanding(3, List.of(), 0, 50, -1, 0, List.of(), Set.of("print-a"));
        var then = KeyOverview.of(KEYS, taken, bad, NOW.plusSeconds(60));
        assertThat(words(then)).contains("a Available null");
        assertThat(KeyNews.between(bad, then.states())).extracting(News::reason).containsExactly("KeyRecovered");
    }

    @Test
    void aKeyInThePlaceOfARefusedOneIsAvailableAndNobodyHasTriedIt() {
        var refused = new KeyStanding("a", "print-old", "Invalid", 60_000, "credential");
        var old = new KeyConfig("a", "account", 1, "print-old", "sk", 0, List.of(), null, null);
        var bad = KeyOverview.of(new PoolKeys(List.of(old), List.of()), standing(refused), List.of(), NOW)
                .states();
        var then = KeyOverview.of(KEYS, standing(), bad, NOW);
        assertThat(words(then)).contains("a Available null");
        assertThat(KeyNews.between(bad, then.states())).isEmpty();
    }

    @Test
    void anAccountThatCanSpendAgainDoesSoWithAllItsKeys() {
        var empty = standing(
                new KeyStanding("a", "print-a", "Suspended", 60_000, "quota"),
                new KeyStanding("b", "print-b", "Suspended", 60_000, "quota"));
        var bad = KeyOverview.of(KEYS, empty, List.of(), NOW).states();
        var taken = new PoolStanding(3, List.of(), 0, 50, -1, 0, List.of(), Set.of("print-b"));
        assertThat(words(KeyOverview.of(KEYS, taken, bad, NOW))).contains("a Available null", "b Available null");
    }

    @Test
    void aRefusedKeyIsSoUnderAnotherNameToo() {
        var refused = new KeyStanding("a", "print-a", "Invalid", 60_000, "credential");
        var bad = KeyOverview.of(KEYS, standing(refused), List.of(), NOW).states();
        var renamed = new KeyConfig("renamed", "account", 1, "print-a", "sk", 0, List.of(), null, null);
        var then = KeyOverview.of(new PoolKeys(List.of(renamed), List.of()), standing(), bad, NOW);
        assertThat(words(then)).containsExactly("renamed Invalid 2026-06-01T12:01:00Z");
    }
}
