package dev.fairlead.operator.allot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.fleet.FleetReport;
import dev.fairlead.sidecar.fleet.KeyReading;
import dev.fairlead.sidecar.fleet.MeterReading;
import dev.fairlead.sidecar.fleet.Pin;
import dev.fairlead.sidecar.fleet.PoolAnswer;
import dev.fairlead.sidecar.fleet.PoolReport;
import dev.fairlead.sidecar.fleet.Rest;
import dev.fairlead.sidecar.pool.quota.SharedLimit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FleetBookTest {
    private static final String METER = "account/*/requestsPerMinute";
    private static final Map<String, SharedPool> POOLS = Map.of(
            "ns/pool",
            new SharedPool(
                    "ns/pool",
                    true,
                    Map.of(METER, new SharedLimit(METER, 100, 60_000)),
                    Map.of("account", Set.of("fk")),
                    3_600_000),
            "ns/local",
            new SharedPool("ns/local", false, Map.of(), Map.of("account", Set.of("fk")), 3_600_000));

    private final Set<String> existing = new HashSet<>(Set.of("one", "two"));
    private final Set<String> started = new HashSet<>();
    private final FleetBook book = new FleetBook(() -> Set.copyOf(existing), (pod, pool) -> started.contains(pod));
    private long number;
    private long now = 50_000;

    @BeforeEach
    void lead() {
        book.lead(now);
    }

    private PoolAnswer tell(String pod, String pool, long share, long used, List<Rest> rests, List<Pin> pins) {
        return tell(pod, pool, new MeterReading(METER, 1_000_000, share, used, 0), rests, pins);
    }

    private PoolAnswer tell(String pod, String pool, MeterReading reading, List<Rest> rests, List<Pin> pins) {
        var said = new PoolReport(pool, List.of(reading), rests, pins, List.of(), false, 0, -1, -1);
        var answer = book.answer(sidecar(pod), POOLS, new FleetReport("s", "run", ++number, List.of(said)), now);
        return answer.orElseThrow().pools().stream().findFirst().orElse(null);
    }

    private static Sidecar sidecar(String pod) {
        return new Sidecar(pod, "tenant", 1);
    }

    private static long share(PoolAnswer answer) {
        return answer.shares().get(0).share();
    }

    @Test
    void aNewLeaderGivesNothingBeyondWhatIsHeldUntilAllHaveSpoken() {
        assertThat(share(tell("one", "ns/pool", 40, 10, List.of(), List.of()))).isEqualTo(40);
        assertThat(share(tell("one", "ns/pool", 40, 10, List.of(), List.of()))).isEqualTo(40);
        now += 1_000;
        tell("two", "ns/pool", 0, 0, List.of(), List.of());
        now += 1_000;
        assertThat(share(tell("two", "ns/pool", 0, 0, List.of(), List.of()))).isPositive();
    }

    @Test
    void aNewLeaderWaitsNoLongerThanATermForThoseWhoSayNothing() {
        assertThat(share(tell("one", "ns/pool", 0, 0, List.of(), List.of()))).isZero();
        now += FleetBook.TERM_MS;
        assertThat(share(tell("one", "ns/pool", 0, 0, List.of(), List.of()))).isPositive();
    }

    @Test
    void whatASilentPodMayHoldIsNotGivenAwayHoweverLongItIsSilent() {
        started.add("two");
        assertThat(share(tell("one", "ns/pool", 40, 40, List.of(), List.of()))).isEqualTo(40);
        now += 10 * FleetBook.TERM_MS;
        assertThat(share(tell("one", "ns/pool", 40, 40, List.of(), List.of()))).isEqualTo(40);
        assertThat(share(tell("three", "ns/pool", 0, 0, List.of(), List.of()))).isZero();
        now += 1_000;
        assertThat(share(tell("two", "ns/pool", 60, 60, List.of(), List.of()))).isGreaterThan(50);
        assertThat(book.held("ns/pool", METER)).isLessThanOrEqualTo(100);
    }

    @Test
    void whatOthersGiveBackGoesRoundWhileAPodIsSilent() {
        started.add("two");
        tell("one", "ns/pool", 40, 0, List.of(), List.of());
        now += FleetBook.TERM_MS;
        for (int i = 0; i < 3; i++) {
            long share = share(tell("one", "ns/pool", 40, 0, List.of(), List.of()));
            tell("one", "ns/pool", share, 0, List.of(), List.of());
            now += 1_000;
            assertThat(share(tell("three", "ns/pool", 0, 0, List.of(), List.of())))
                    .isBetween(i == 0 ? 0L : 1L, 40L);
            assertThat(book.held("ns/pool", METER)).isLessThanOrEqualTo(100);
        }
    }

    @Test
    void whatASilentPodMayHaveUsedIsFreeOneWindowAfterItIsGone() {
        started.add("two");
        tell("one", "ns/pool", 40, 40, List.of(), List.of());
        now += FleetBook.TERM_MS;
        tell("one", "ns/pool", 40, 40, List.of(), List.of());
        existing.remove("two");
        book.sweep(Set.of("ns/pool"), now);
        assertThat(share(tell("one", "ns/pool", 40, 40, List.of(), List.of()))).isEqualTo(40);
        now += 60_000;
        assertThat(share(tell("one", "ns/pool", 40, 40, List.of(), List.of()))).isGreaterThan(40);
    }

    @Test
    void whatIsHeldOfAPoolThatIsUnusableForAMomentStaysHeld() {
        now += FleetBook.TERM_MS;
        long ofOne = hungry("one", 0);
        assertThat(ofOne).isGreaterThan(70);
        book.sweep(Set.of(), now);
        now += 1_000;
        book.sweep(Set.of("ns/pool"), now);
        assertThat(share(tell("two", "ns/pool", new MeterReading(METER, 100, 0, 0, 100), List.of(), List.of())))
                .as("one still has what it was given")
                .isLessThanOrEqualTo(100 - ofOne);
    }

    @Test
    void whoHasForgottenWhatItUsedHasUsedItForOneWindowYet() {
        now += FleetBook.TERM_MS;
        long ofOne = hungry("one", 7);
        now += 1_000;
        var reading = new MeterReading(METER, 100, 0, 0, 100, 8, 0);
        assertThat(share(tell("one", "ns/pool", reading, List.of(), List.of())))
                .as("the provider counts what it does not know of any more")
                .isLessThanOrEqualTo(100 - ofOne);
        now += 61_000;
        assertThat(share(tell("one", "ns/pool", reading, List.of(), List.of()))).isGreaterThan(70);
    }

    @Test
    void theBooksOfAPoolThatIsGoneAreClosedWhenNobodyHoldsAnythingOfIt() {
        now += FleetBook.TERM_MS;
        hungry("one", 0);
        existing.clear();
        book.sweep(Set.of(), now);
        assertThat(book.held("ns/pool", METER)).isPositive();
        now += 61_000;
        book.sweep(Set.of(), now);
        assertThat(book.held("ns/pool", METER)).as("unknown").isEqualTo(-1);
    }

    /** What one gets that could use all of it. */
    private long hungry(String pod, long since) {
        var reading = new MeterReading(METER, 100, 0, 0, 100, since, 0);
        tell(pod, "ns/pool", reading, List.of(), List.of());
        now += 1_000;
        return share(tell(pod, "ns/pool", reading, List.of(), List.of()));
    }

    @Test
    void theLimitIsTheLeadersOwnWhateverAReportSays() {
        now += FleetBook.TERM_MS;
        assertThat(share(tell("one", "ns/pool", 5_000, 5_000, List.of(), List.of())))
                .isLessThanOrEqualTo(100);
        assertThat(book.held("ns/pool", METER)).isLessThanOrEqualTo(100);
    }

    @Test
    void aPoolThatIsNotInTheSidecarsConfigurationIsNotLookedAt() {
        assertThat(tell("one", "ns/other", 0, 0, List.of(), List.of())).isNull();
        assertThat(tell("one", "ns/local", 0, 0, List.of(), List.of())).isNull();
    }

    @Test
    void whatThreeQuartersAreSpreadOfAQuarterIsThereForWhoeverAsks() {
        now += FleetBook.TERM_MS;
        tell("one", "ns/pool", 0, 0, List.of(), List.of());
        now += 1_000;
        assertThat(share(tell("two", "ns/pool", 0, 0, List.of(), List.of()))).isBetween(25L, 40L);
        assertThat(book.held("ns/pool", METER)).isLessThanOrEqualTo(100);
    }

    @Test
    void whoAsksNowAndThenHasALittleMoreThanItUsesWhileAnotherWantsAll() {
        now += FleetBook.TERM_MS;
        long mine = 0;
        long theirs = 0;
        for (int i = 0; i < 100; i++) {
            now += 1_000;
            theirs = share(
                    tell("two", "ns/pool", new MeterReading(METER, 100, theirs, theirs, 500), List.of(), List.of()));
            mine = share(tell(
                    "one", "ns/pool", new MeterReading(METER, 100, mine, Math.min(mine, 10), 0), List.of(), List.of()));
            assertThat(mine + theirs).isLessThanOrEqualTo(100);
        }
        assertThat(mine).isGreaterThan(10);
        assertThat(theirs).isGreaterThan(80);
    }

    @Test
    void whatOneSidecarLetsRestOthersHearOfAndTheLatestEndCounts() {
        tell("one", "ns/pool", 0, 0, List.of(rest(30_000)), List.of());
        now += 1_000;
        var heard =
                tell("two", "ns/pool", 0, 0, List.of(rest(5_000)), List.of()).rests();
        assertThat(heard).containsExactly(rest(29_000));
        now += 1_000;
        assertThat(tell("one", "ns/pool", 0, 0, List.of(), List.of()).rests()).isEmpty();
        tell("one", "ns/pool", 0, 0, List.of(rest(60_000)), List.of());
        now += 1_000;
        assertThat(tell("two", "ns/pool", 0, 0, List.of(), List.of()).rests()).containsExactly(rest(59_000));
    }

    private static Rest rest(long forMs) {
        return new Rest("account", null, "model", forMs, "rate_limit");
    }

    @Test
    void aRestOfAnUnknownAccountIsNotSpreadAndNoneIsLongerThanThePoolAllows() {
        tell(
                "one",
                "ns/pool",
                0,
                0,
                List.of(new Rest("foreign", null, null, 9_000, "quota"), rest(99_000_000)),
                List.of());
        tell("three", "ns/pool", 0, 0, List.of(rest(99_000_000)), List.of());
        now += 1_000;
        assertThat(tell("two", "ns/pool", 0, 0, List.of(), List.of()).rests()).containsExactly(rest(3_599_000));
    }

    @Test
    void whatOneSaysAloneOthersTryOneAfterTheOtherAfterTwoMinutes() {
        tell("one", "ns/pool", 0, 0, List.of(rest(3_600_000)), List.of());
        var ends = new HashSet<Long>();
        for (int i = 0; i < 20; i++) {
            var heard = tell("pod-" + i + "-of-many", "ns/pool", 0, 0, List.of(), List.of())
                    .rests();
            assertThat(heard)
                    .singleElement()
                    .satisfies(rest ->
                            assertThat(rest.forMs()).isBetween(Claims.ALONE_MS, Claims.ALONE_MS + RestBook.SPREAD_MS));
            ends.add(heard.get(0).forMs());
        }
        assertThat(ends).as("of 20, with hardly any two at once").hasSizeGreaterThan(15);
        now += Claims.ALONE_MS + 1_000;
        tell("two", "ns/pool", 0, 0, List.of(rest(3_000_000)), List.of());
        var heard = tell("three", "ns/pool", 0, 0, List.of(), List.of()).rests();
        assertThat(heard).as("one has tried, and was turned away").containsExactly(rest(3_000_000));
    }

    @Test
    void oneThatIsAloneCannotKeepAnAccountFromOthersForMoreThanAFifthOfTheTime() {
        long rested = 0;
        tell("two", "ns/pool", 0, 0, List.of(), List.of());
        long until = 0;
        for (int second = 0; second < 3_600; second++) {
            now += 1_000;
            tell("one", "ns/pool", 0, 0, List.of(rest(30_000 + second * 1_000L % 7_000)), List.of());
            for (var told : tell("two", "ns/pool", 0, 0, List.of(), List.of()).rests()) {
                until = Math.max(until, now + told.forMs());
            }
            rested += until > now ? 1 : 0;
        }
        assertThat(rested).isBetween(3_600 / 5 - 60L, 3_600 / 5 + 6 * (RestBook.SPREAD_MS / 1_000));
    }

    @Test
    void manyShortWordsOfOneThatIsAloneAreNotSpreadIntoALongRest() {
        long rested = 0;
        long until = 0;
        tell("two-that-spreads", "ns/pool", 0, 0, List.of(), List.of());
        for (int second = 0; second < 3_600; second++) {
            now += 1_000;
            boolean says = second % 5 == 0;
            var rests = says ? List.of(rest(second < 600 ? 1_000 : 3_000_000 + second)) : List.<Rest>of();
            tell("one", "ns/pool", 0, 0, rests, List.of());
            for (var told : tell("two-that-spreads", "ns/pool", 0, 0, List.of(), List.of())
                    .rests()) {
                until = Math.max(until, now + told.forMs());
            }
            rested += until > now ? 1 : 0;
        }
        assertThat(rested).isLessThanOrEqualTo(3_600 / 5 * 5 / 4 + 60);
    }

    @Test
    void pinsAreToldToOthersTwiceBecauseAnAnswerMayGetLost() {
        var pin = new Pin("00aa", "account");
        tell("one", "ns/pool", 0, 0, List.of(), List.of(pin));
        assertThat(tell("two", "ns/pool", 0, 0, List.of(), List.of()).pins()).containsExactly(pin);
        assertThat(tell("two", "ns/pool", 0, 0, List.of(), List.of()).pins()).containsExactly(pin);
        assertThat(tell("two", "ns/pool", 0, 0, List.of(), List.of()).pins()).isEmpty();
        assertThat(tell("one", "ns/pool", 0, 0, List.of(), List.of()).pins()).isEmpty();
    }

    @Test
    void onePodCannotPushOutWhereOthersResourcesAre() {
        tell("one", "ns/pool", 0, 0, List.of(), List.of(new Pin("mine", "account")));
        var flood = new ArrayList<Pin>();
        for (int i = 0; i < 2 * PinBook.MOST; i++) {
            flood.add(new Pin("f" + i, "account"));
        }
        tell("two", "ns/pool", 0, 0, List.of(), flood);
        tell("one", "ns/pool", 0, 0, List.of(), List.of(new Pin("later", "account")));
        var heard = tell("three", "ns/pool", 0, 0, List.of(), List.of()).pins();
        assertThat(heard).hasSize(1_000).startsWith(new Pin("later", "account"), flood.get(flood.size() - 1));
        var known = new PinBook();
        flood.forEach(pin -> known.tell(pin, "two", POOLS.get("ns/pool"), 1));
        known.tell(new Pin("mine", "account"), "one", POOLS.get("ns/pool"), 1);
        assertThat(known.size()).isEqualTo(PinBook.MOST_OF_POD + 1);
    }

    @Test
    void ofManyPodsTheLatestPinsAreKept() {
        var known = new PinBook();
        for (int i = 0; i < 3 * PinBook.MOST; i++) {
            known.tell(new Pin("r" + i, "account"), "pod-" + i % 40, POOLS.get("ns/pool"), i);
        }
        assertThat(known.size()).isEqualTo(PinBook.MOST);
        assertThat(known.since(3 * PinBook.MOST - 3, "nobody"))
                .extracting(Pin::resource)
                .containsExactly("r29999", "r29998");
    }

    @Test
    void aReportThatComesAfterALaterOneIsNotBelieved() {
        tell("one", "ns/pool", 0, 0, List.of(), List.of());
        var late = new FleetReport("s", "run", 1, List.of());
        number = 1;
        assertThat(book.answer(sidecar("one"), POOLS, late, now)).isEmpty();
    }

    @Test
    void aKeyThatOneSidecarSeesRefusedIsRefusedAndOneAtALimitNeedsHalfOfThem() {
        keys("one", new KeyReading("a", "account", "fa", "Invalid", 9_000, "credential"));
        keys("two", new KeyReading("b", "account", "fb", "Parked", 9_000, "rate_limit"));
        keys("three");
        var said = book.standing("ns/local", now).unavailable();
        assertThat(said).extracting(PoolStanding.KeyStanding::fingerprint).containsExactly("fa");
        keys("three", new KeyReading("b", "account", "fb", "Parked", 12_000, "rate_limit"));
        assertThat(book.standing("ns/local", now).unavailable())
                .extracting(key -> key.fingerprint() + key.forMs())
                .containsExactlyInAnyOrder("fa9000", "fb12000");
        now += 10_000;
        assertThat(book.standing("ns/local", now).unavailable())
                .extracting(key -> key.fingerprint() + key.forMs())
                .as("a limit is over by itself, a refusal when a call is taken")
                .containsExactly("fa0");
    }

    @Test
    void aRefusedKeyIsSoUntilSomebodysCallWithItWasTakenWhoeverIsGoneSince() {
        takes("two", Map.of("fk", 500L));
        keys("one", refused(9_000, 0));
        takes("two", Map.of("fk", 500L));
        assertThat(unavailable()).as("that call is older").containsExactly("fk Invalid 9000");
        now += 10_000;
        keys("one", refused(0, 10_000));
        assertThat(unavailable()).containsExactly("fk Invalid 0");
        assertThat(book.standing("ns/local", now).proven()).isEmpty();

        existing.remove("one");
        book.sweep(Set.of("ns/local"), now);
        keys("two");
        assertThat(unavailable()).isEmpty();
        assertThat(book.standing("ns/local", now).proven())
                .as("who knew it is gone, nobody has tried it")
                .isEmpty();
        takes("two", Map.of("fk", 3_000L, "unknown", 0L));
        assertThat(book.standing("ns/local", now).proven()).containsExactly("fk");
    }

    @Test
    void whoHasNotTriedARefusedKeySinceIsNotBelievedAgainstOneWhoHas() {
        keys("one", refused(9_000, 0));
        now += 10_000;
        takes("two", Map.of("fk", 100L));
        keys("one", refused(0, 10_000));
        assertThat(unavailable()).isEmpty();
        keys("one", refused(9_000, 0));
        now += 50;
        takes("two", Map.of("fk", 10_000L));
        assertThat(unavailable()).as("refused again").containsExactly("fk Invalid 8950");
    }

    private static KeyReading refused(long forMs, long agoMs) {
        return new KeyReading("k", "account", "fk", "Invalid", forMs, "credential", agoMs);
    }

    private List<String> unavailable() {
        return book.standing("ns/local", now).unavailable().stream()
                .map(key -> key.fingerprint() + " " + key.state() + " " + key.forMs())
                .toList();
    }

    private void takes(String pod, Map<String, Long> taken) {
        redis(
                pod,
                new PoolReport(
                        "ns/local",
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        true,
                        0,
                        -1,
                        -1,
                        0,
                        null,
                        List.of(),
                        taken));
    }

    @Test
    void howManyDoNotReachTheRedisIsCountedAndOneMoreIsNews() {
        var pool = new PoolReport("ns/local", List.of(), List.of(), List.of(), List.of(), false, 0, -1, -1);
        redis("one", pool.withRedis(false));
        redis("two", pool.withRedis(true));
        redis("three", pool);
        assertThat(book.standing("ns/local", now).redisAway()).isEqualTo(1);
        var before = book.standing("ns/local", now).roughly(now);
        redis("three", pool.withRedis(false));
        assertThat(book.standing("ns/local", now).roughly(now)).isNotEqualTo(before);
        redis("one", pool.withRedis(true));
        redis("three", pool.withRedis(true));
        assertThat(book.standing("ns/local", now).redisAway()).isZero();
    }

    @Test
    void whatOneHasHeardToBeGoneIsGoneUntilItSaysOtherwise() {
        assertThat(book.gone("ns/local", now))
                .as("nobody has had the time to say")
                .isEmpty();
        redis("one", gone("old", "x".repeat(300)));
        redis("two", gone());
        assertThat(book.gone("ns/local", now)).hasValue(List.of("old"));
        var before = book.standing("ns/local", now).roughly(now);
        redis("two", gone("older"));
        assertThat(book.gone("ns/local", now)).hasValue(List.of("old", "older"));
        assertThat(book.standing("ns/local", now).roughly(now)).isNotEqualTo(before);
        redis("one", gone());
        now += 20_001;
        assertThat(book.gone("ns/local", now))
                .as("who is silent for long says nothing")
                .hasValue(List.of());
    }

    private static PoolReport gone(String... models) {
        return new PoolReport(
                "ns/local", List.of(), List.of(), List.of(), List.of(), false, 0, -1, -1, 0, null, List.of(models));
    }

    private void redis(String pod, PoolReport said) {
        assertThat(book.answer(sidecar(pod), POOLS, new FleetReport("s", "run", ++number, List.of(said)), now))
                .isPresent();
    }

    @Test
    void whatIsNoWordOfOursIsNotSaidOfAKeyAndNothingForLongerThanThePoolAllows() {
        keys(
                "one",
                new KeyReading("a", "account", "fa", "Out of \u001b[31morder", 9_000, "credential"),
                new KeyReading("b", "account", "fb", "Invalid", 9_000, "call +1 900 555 for a new key"),
                new KeyReading("c", "account", "fc", "invalid", 9_000, "credential"),
                new KeyReading("d", "account", "fd", "Invalid", 9_000, null),
                new KeyReading("e", "account", "fe", "Parked", Long.MAX_VALUE, "daily"),
                new KeyReading("f", "account", "ff", "Suspended", Long.MIN_VALUE, "quota"),
                new KeyReading("g", "account", "fg", "Draining", 0, ""));
        assertThat(book.standing("ns/local", now).unavailable())
                .extracting(key -> key.name() + " " + key.state() + " " + key.forMs() + " " + key.reason())
                .containsExactly("e Parked 86400000 daily", "f Suspended 0 quota", "g Draining 0 ");
        now += 10_000;
        assertThat(book.standing("ns/local", now).unavailable().get(0).forMs()).isEqualTo(86_390_000);
    }

    @Test
    void whatTheProviderSaidToOneIsTrueForAllWhoHaveNotCalledOrNotHeardOfItYet() {
        for (var idle : List.of("a", "b", "c", "d")) {
            says(idle, "ns/pool", false, List.of());
        }
        says("busy", "ns/pool", true, List.of());
        says("one", "ns/pool", true, List.of(new Rest("account", null, "m", 9_000, "rate_limit")), parked(9_000));
        assertThat(parkedIn("ns/pool")).isTrue();
        says("busy", "ns/pool", true, List.of());
        assertThat(parkedIn("ns/pool")).as("it was told only now").isTrue();
        says("busy", "ns/pool", true, List.of());
        assertThat(parkedIn("ns/pool")).as("one of two who know").isTrue();
        says("second", "ns/pool", true, List.of());
        says("second", "ns/pool", true, List.of());
        assertThat(parkedIn("ns/pool")).as("two call with it nevertheless").isFalse();
        says("second", "ns/pool", true, List.of(), parked(8_000));
        assertThat(parkedIn("ns/pool")).isTrue();
        now += 9_000;
        assertThat(parkedIn("ns/pool")).as("its end").isFalse();
    }

    @Test
    void whereNobodyIsToldWhoCallsKnows() {
        says("idle", "ns/local", false, List.of());
        says("more", "ns/local", false, List.of());
        var rest = List.of(new Rest("account", "fk", null, 9_000, "rate_limit"));
        says("one", "ns/local", true, rest, parked(9_000));
        assertThat(parkedIn("ns/local")).isTrue();
        says("idle", "ns/local", true, List.of());
        says("more", "ns/local", true, List.of());
        assertThat(parkedIn("ns/local")).isFalse();
    }

    @Test
    void whoCouldNotSayAllSaysNothingByItsSilence() {
        var rest = List.of(new Rest("account", "fk", null, 9_000, "rate_limit"));
        says("one", "ns/local", true, rest, parked(9_000));
        for (var pod : List.of("two", "three")) {
            var key = new KeyReading("other", "account", "fo", "Parked", 9_000, "rate_limit");
            var cut = new PoolReport(
                    "ns/local", List.of(), List.of(), List.of(), List.of(key, parked(9_000)), true, 0, -1, -1);
            assertThat(book.answer(
                            sidecar(pod), POOLS, new FleetReport("s", "run", ++number, List.of(cut.within(1))), now))
                    .isPresent();
        }
        assertThat(parkedIn("ns/local")).isTrue();
    }

    private static KeyReading parked(long forMs) {
        return new KeyReading("k", "account", "fk", "Parked", forMs, "rate_limit");
    }

    private boolean parkedIn(String pool) {
        return book.standing(pool, now).unavailable().stream()
                .anyMatch(key -> key.fingerprint().equals("fk"));
    }

    private void says(String pod, String pool, boolean calling, List<Rest> rests, KeyReading... keys) {
        var said = new PoolReport(pool, List.of(), rests, List.of(), List.of(keys), calling, 0, -1, -1);
        assertThat(book.answer(sidecar(pod), POOLS, new FleetReport("s", "run", ++number, List.of(said)), now))
                .isPresent();
    }

    private void keys(String pod, KeyReading... keys) {
        var said = new PoolReport("ns/local", List.of(), List.of(), List.of(), List.of(keys), false, 0, -1, -1);
        assertThat(book.answer(sidecar(pod), POOLS, new FleetReport("s", "run", ++number, List.of(said)), now))
                .isPresent();
    }

    @Test
    void nobodyKnowsHowAPoolStandsBeforeSidecarsHaveHadTheTimeToSay() {
        assertThat(book.standing("ns/pool", now).pending()).isTrue();
        now += FleetBook.TERM_MS;
        assertThat(book.standing("ns/pool", now)).isEqualTo(PoolStanding.UNKNOWN);
    }

    @Test
    void aKeyStaysParkedAsLongAsTheOnlyCallerSaysSo() {
        for (int second = 0; second < 300; second++) {
            long forMs = 3_000_000 - second * 1_000L;
            says(
                    "one",
                    "ns/pool",
                    true,
                    List.of(new Rest("account", null, null, forMs, "rate_limit")),
                    new KeyReading("k", "account", "fk", "Parked", forMs, "rate_limit"));
            List.of("two", "three", "four").forEach(pod -> says(pod, "ns/pool", false, List.of()));
            assertThat(book.standing("ns/pool", now).unavailable())
                    .as("after %d s", second)
                    .hasSize(1);
            now += 1_000;
        }
    }

    @Test
    void aProcessThatStartsAgainIsToldWhatRestsAndWhereResourcesAre() {
        var rest = List.of(new Rest("account", null, null, 3_000_000, "quota"));
        for (int i = 0; i < 3; i++) {
            tell("one", "ns/pool", 10, 0, rest, List.of());
            tell("two", "ns/pool", 10, 0, rest, i > 0 ? List.of() : List.of(new Pin("00000000000000aa", "account")));
            now += 1_000;
        }
        var report = new PoolReport(
                "ns/pool",
                List.of(new MeterReading(METER, 2_000_000, 10, 0, 0)),
                List.of(),
                List.of(),
                List.of(),
                false,
                0,
                -1,
                -1);
        var answer = book.answer(sidecar("two"), POOLS, new FleetReport("s2", "run2", 1, List.of(report)), now)
                .orElseThrow();
        assertThat(answer.pools().get(0).rests()).extracting(Rest::group).containsExactly("account");
        assertThat(answer.pools().get(0).pins()).extracting(Pin::resource).containsExactly("00000000000000aa");
    }

    @Test
    void oneSidecarCannotKeepOthersFromSayingWhatRests() {
        var invented = new ArrayList<Rest>();
        for (int i = 0; i < 3_000; i++) {
            invented.add(ofModel("model-" + i, 60_000));
        }
        tell("one", "ns/pool", 10, 0, invented, List.of());
        tell("two", "ns/pool", 10, 0, List.of(ofModel("real", 60_000)), List.of());
        var told = tell("three", "ns/pool", 10, 0, List.of(), List.of());
        assertThat(told.rests()).extracting(Rest::model).contains("real").hasSize(1_001);
    }

    @Test
    void inAFullBookThereIsRoomForWhoHasSaidLittleAndItsWordStays() {
        tell("quiet", "ns/pool", 10, 0, List.of(ofModel("first", 3_000_000)), List.of());
        now += Claims.ALONE_MS + 1;
        for (var pod : List.of("loud", "louder", "loudest")) {
            var flood = new ArrayList<Rest>();
            for (int i = 0; i < 3_000; i++) {
                flood.add(ofModel(pod + i, 60_000));
            }
            tell(pod, "ns/pool", 10, 0, flood, List.of());
        }
        tell("quiet", "ns/pool", 10, 0, List.of(ofModel("second", 60_000)), List.of());
        tell("quieter", "ns/pool", 10, 0, List.of(ofModel("first", 2_800_000), ofModel("third", 60_000)), List.of());
        var told = tell("three", "ns/pool", 10, 0, List.of(), List.of());
        assertThat(told.rests())
                .as("what two have said is as certain as it was")
                .contains(ofModel("first", 2_800_000))
                .extracting(Rest::model)
                .contains("second", "third")
                .hasSizeLessThanOrEqualTo(2_000);
    }

    @Test
    void whatIsOverMakesRoomForTheNextRestsOfTheSameSidecar() {
        tell("two", "ns/pool", 0, 0, List.of(), List.of());
        for (int i = 0; i < 4_000; i++) {
            tell("one", "ns/pool", 0, 0, List.of(ofModel("model-" + i, 5_000)), List.of());
            now += 100;
            assertThat(tell("two", "ns/pool", 0, 0, List.of(), List.of()).rests())
                    .as("rest %d", i)
                    .contains(ofModel("model-" + i, 4_900));
        }
    }

    @Test
    void whoSaysALotElseMeanwhileIsBelievedAloneForNoMoreThanAFifthOfTheTime() {
        long rested = 0;
        long until = 0;
        tell("two-that-spreads", "ns/pool", 0, 0, List.of(), List.of());
        for (int second = 0; second < 3_600; second += 10) {
            now += 10_000;
            var noise = new ArrayList<Rest>();
            for (int i = 0; i < 999; i++) {
                noise.add(ofModel("noise-" + second % 30 + "-" + i, 1));
            }
            tell("one", "ns/pool", 0, 0, noise, List.of());
            tell("one", "ns/pool", 0, 0, List.of(rest(9_000)), List.of());
            for (var told : tell("two-that-spreads", "ns/pool", 0, 0, List.of(), List.of())
                    .rests()) {
                until = told.model().equals("model") ? Math.max(until, now + told.forMs()) : until;
            }
            rested += Math.max(0, Math.min(until - now, 10_000));
        }
        assertThat(rested).isBetween(4 * Claims.ALONE_MS, 6 * (Claims.ALONE_MS + RestBook.SPREAD_MS));
    }

    private static Rest ofModel(String model, long forMs) {
        return new Rest("account", null, model, forMs, "rate_limit");
    }
}
