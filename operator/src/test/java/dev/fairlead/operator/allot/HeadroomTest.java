package dev.fairlead.operator.allot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.config.CoordinationConfig;
import dev.fairlead.sidecar.config.KeyConfig;
import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.config.QuotaGroupConfig;
import dev.fairlead.sidecar.config.QuotaLimits;
import dev.fairlead.sidecar.fleet.FleetReport;
import dev.fairlead.sidecar.fleet.KeyReading;
import dev.fairlead.sidecar.fleet.MeterReading;
import dev.fairlead.sidecar.fleet.PoolReport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HEADROOM of three accounts: of {@code full} nothing is left, of {@code half} 50 %, of {@code free} everything. */
class HeadroomTest {
    private static final Map<String, Long> USED = Map.of("full", 100L, "half", 50L, "free", 0L);

    private final FleetBook book = new FleetBook(Set::of, (pod, pool) -> false);
    private long number;
    private long now = 50_000;

    @BeforeEach
    void lead() {
        book.lead(now);
    }

    private static KeyConfig key(String name, String group, int weight, QuotaLimits limits) {
        return new KeyConfig(name, group, weight, "f-" + name, "sk", 0, List.of(), limits, null);
    }

    private static QuotaLimits perMinute(long requests) {
        return new QuotaLimits(null, requests, null, null, null, null, null, null, null);
    }

    private static SharedPool pool(String auth, List<QuotaGroupConfig> groups, KeyConfig... keys) {
        return pool(CoordinationConfig.Mode.LEASED, auth, groups, keys);
    }

    private static SharedPool pool(
            CoordinationConfig.Mode mode, String auth, List<QuotaGroupConfig> groups, KeyConfig... keys) {
        return SharedPool.of(new PoolConfig(
                "ns",
                "pool",
                "OpenAI",
                "http://x/v1",
                auth,
                List.of(keys),
                "Headroom",
                null,
                null,
                null,
                null,
                null,
                groups,
                new CoordinationConfig(mode, null)));
    }

    private static List<QuotaGroupConfig> groups(String... names) {
        return Set.of(names).stream()
                .map(name -> new QuotaGroupConfig(name, List.of(perMinute(100))))
                .toList();
    }

    private static SharedPool three(int weightOfFull) {
        return pool(
                null,
                groups("full", "half", "free"),
                key("full", "full", weightOfFull, null),
                key("half", "half", 1, null),
                key("free", "free", 1, null));
    }

    private PoolStanding told(SharedPool pool, KeyReading... keys) {
        var used = new HashMap<String, Long>();
        pool.limits().keySet().forEach(meter -> used.put(meter, USED.getOrDefault(Accounts.ofMeter(meter), 0L)));
        return told(pool, used, keys);
    }

    /** @param used by meter */
    private PoolStanding told(SharedPool pool, Map<String, Long> used, KeyReading... keys) {
        var readings = pool.limits().values().stream()
                .map(limit -> new MeterReading(limit.meter(), 100, 100, used.getOrDefault(limit.meter(), 0L), 0))
                .toList();
        var said = new PoolReport("ns/pool", readings, List.of(), List.of(), List.of(keys), true, 0, -1, -1);
        var answer = book.answer(
                new Sidecar("pod", "t", 1),
                Map.of("ns/pool", pool),
                new FleetReport("s", "run", ++number, List.of(said)),
                now);
        assertThat(answer).isPresent();
        return book.standing("ns/pool", now);
    }

    private static KeyReading reading(String key, String state) {
        return new KeyReading(key, key, "f-" + key, state, 9_000, "");
    }

    @Test
    void eachAccountCountsAlike() {
        assertThat(told(three(1)).headroomPercent()).isEqualTo(50);
    }

    @ParameterizedTest
    @CsvSource({"Invalid,75", "Expired,75", "Suspended,75", "Draining,75", "Parked,50"})
    void anAccountThatCannotBeCalledWithHasNoLimitAndOneThatRestsHasNothingLeft(String state, int percent) {
        assertThat(told(three(1), reading("full", state)).headroomPercent()).isEqualTo(percent);
    }

    @Test
    void whatRestsHasNothingLeftWhateverWasUsed() {
        assertThat(told(three(1), reading("free", "Parked")).headroomPercent()).isEqualTo(17);
    }

    @Test
    void aDrainedAccountAndOneWithoutKeysDoNotCount() {
        assertThat(told(three(0)).headroomPercent()).isEqualTo(75);
        var removed = pool(null, groups("full", "half"), key("half", "half", 1, null));
        assertThat(told(removed).headroomPercent()).isEqualTo(50);
    }

    @Test
    void withoutAnyUsableKeyNothingIsLeft() {
        var standing =
                told(three(1), reading("full", "Invalid"), reading("half", "Expired"), reading("free", "Suspended"));
        assertThat(standing.headroomPercent()).isZero();
        assertThat(standing.exhaustsInMs()).isEqualTo(-1);
    }

    @Test
    void oneUsableKeyIsEnoughForAnAccountAndALimitOfARefusedKeyDoesNotCount() {
        var pool = pool(null, groups("half"), key("one", "half", 1, null), key("two", "half", 1, perMinute(50)));
        assertThat(told(pool, reading("one", "Invalid")).headroomPercent())
                .as("limited to 50")
                .isZero();
        assertThat(told(pool, reading("two", "Invalid")).headroomPercent()).isEqualTo(50);
    }

    @Test
    void aKeyThatHasUsedUpItsOwnLimitLeavesItsAccountToTheOthers() {
        var oneLimited = pool(null, groups("free"), key("one", "free", 1, null), key("two", "free", 1, perMinute(10)));
        var used = Map.of("free/key f-two/requestsPerMinute", 10L);
        assertThat(told(oneLimited, used).headroomPercent())
                .as("one of two keys")
                .isEqualTo(50);
        var bothLimited =
                pool(null, groups("free"), key("one", "free", 1, perMinute(10)), key("two", "free", 1, perMinute(10)));
        assertThat(told(bothLimited, used).headroomPercent()).isEqualTo(50);
        assertThat(told(bothLimited, used, reading("one", "Invalid")).headroomPercent())
                .as("the other is used up")
                .isZero();
    }

    @Test
    void whatTheAccountHasLeftBoundsWhatItsKeysHave() {
        var pool = pool(null, groups("half"), key("one", "half", 1, null), key("two", "half", 1, perMinute(10)));
        assertThat(told(pool, Map.of("half/*/requestsPerMinute", 80L)).headroomPercent())
                .isEqualTo(20);
    }

    @Test
    void aProviderThatIsCalledWithoutAKeyHasOneAccount() {
        var pool = pool("None", groups("none"));
        assertThat(told(pool).headroomPercent()).isEqualTo(100);
        assertThat(pool.accounts()).containsOnlyKeys("none");
    }

    @Test
    void whereARedisDividesTheLimitsWhatAllHaveUsedTogetherCounts() {
        var pool = pool(CoordinationConfig.Mode.REDIS, null, groups("a"), key("a", "a", 1, null));
        says("new", pool, 0, Map.of());
        assertThat(book.standing("ns/pool", now).headroomPercent())
                .as("one that has no share yet")
                .isEqualTo(100);
        says("busy", pool, 0, Map.of("a/*/requestsPerMinute", 25L, "unknown", 90L));
        says("other", pool, 96, Map.of("a/*/requestsPerMinute", 5L));
        assertThat(book.standing("ns/pool", now).headroomPercent()).isEqualTo(70);
        says("earlier version", pool, 40, null);
        assertThat(book.standing("ns/pool", now).headroomPercent())
                .as("what the least says, where one does not say what it has used")
                .isZero();
    }

    @Test
    void whereARedisDividesTheLimitsItIsToldWhenTheyAreUsedUpTogether() {
        var pool = pool(CoordinationConfig.Mode.REDIS, null, groups("a"), key("a", "a", 1, null));
        for (int i = 0; i < 40; i++) {
            says("one", pool, 0, Map.of("a/*/requestsPerMinute", (long) i));
            says("other", pool, 100, Map.of());
            now += 1_000;
        }
        assertThat(book.standing("ns/pool", now).exhaustsInMs())
                .as("one call a second, 61 are left")
                .isBetween(55_000L, 67_000L);
    }

    private void says(String pod, SharedPool pool, int headroomPercent, Map<String, Long> used) {
        var said = new PoolReport(
                "ns/pool",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                true,
                0,
                headroomPercent,
                -1,
                0,
                true,
                List.of(),
                Map.of(),
                used);
        assertThat(book.answer(
                        new Sidecar(pod, "t", 1),
                        Map.of("ns/pool", pool),
                        new FleetReport("s", "run", ++number, List.of(said)),
                        now))
                .isPresent();
    }
}
