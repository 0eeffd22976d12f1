package dev.fairlead.sidecar.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.config.CoolDownConfig;
import dev.fairlead.sidecar.config.CoordinationConfig;
import dev.fairlead.sidecar.config.KeyConfig;
import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.config.QuotaGroupConfig;
import dev.fairlead.sidecar.config.QuotaLimits;
import dev.fairlead.sidecar.config.WaitConfig;
import dev.fairlead.sidecar.fleet.MeterShare;
import dev.fairlead.sidecar.fleet.PoolAnswer;
import dev.fairlead.sidecar.fleet.Rest;
import dev.fairlead.sidecar.pool.LeaseRefusal.Kind;
import dev.fairlead.sidecar.pool.PoolDriver.Asked;
import dev.fairlead.sidecar.provider.FailureClass;
import dev.fairlead.sidecar.provider.LimitSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a key's own fields do, and what the fleet is told and tells. */
class KeyPoolKeysTest {
    private static final WaitConfig WAIT = new WaitConfig(30_000, 100, 1 << 20);

    private static KeyConfig key(String name, String group, int priority, List<String> models, Long notAfter) {
        return new KeyConfig(name, group, 1, "fp-" + name, "sk-" + name, priority, models, null, notAfter);
    }

    private static PoolConfig pool(CoordinationConfig.Mode mode, List<QuotaGroupConfig> groups, KeyConfig... keys) {
        return new PoolConfig(
                "ns",
                "pool",
                "OpenAI",
                "http://x/v1",
                null,
                List.of(keys),
                "Headroom",
                new CoolDownConfig(30_000, 3_600_000, null),
                WAIT,
                null,
                null,
                null,
                groups,
                new CoordinationConfig(mode, null));
    }

    private static PoolDriver driver(KeyConfig... keys) {
        return new PoolDriver(pool(CoordinationConfig.Mode.LOCAL, List.of(), keys));
    }

    private static List<QuotaGroupConfig> perMinute(String group, long requests) {
        var limits = new QuotaLimits(null, requests, null, null, null, null, null, null, null);
        return List.of(new QuotaGroupConfig(group, List.of(limits)));
    }

    private static Set<String> keysOf(PoolDriver driver, int calls) {
        var names = new TreeSet<String>();
        for (int i = 0; i < calls; i++) {
            var lease = driver.ask().lease;
            names.add(lease.keyName());
            driver.serve(lease);
        }
        return names;
    }

    @Test
    void a_model_that_a_key_has_no_access_to_does_not_park_the_key() {
        var driver = PoolDriver.of("a");
        driver.fail(driver.ask().lease, FailureClass.MODEL_ACCESS, -1);
        assertThat(driver.ask().lease).isNull();
        assertThat(PoolDriver.states(driver.view())).containsExactly("Available");
    }

    @Test
    void a_key_of_higher_priority_number_serves_only_while_the_others_cannot() {
        var driver = driver(key("spare", "b", 1, null, null), key("prepaid", "a", 0, null, null));
        assertThat(keysOf(driver, 10)).containsExactly("prepaid");
        driver.fail(driver.ask().lease, FailureClass.RATE_LIMIT, 5_000);
        assertThat(keysOf(driver, 10)).containsExactly("spare");
        driver.pass(6_000);
        assertThat(keysOf(driver, 10)).contains("prepaid");
    }

    @Test
    void keys_of_one_account_may_differ_in_priority() {
        var driver = driver(key("second", "a", 1, null, null), key("first", "a", 0, null, null));
        assertThat(keysOf(driver, 5)).containsExactly("first");
        driver.fail(driver.ask().lease, FailureClass.CREDENTIAL, -1);
        assertThat(keysOf(driver, 5)).containsExactly("second");
    }

    @Test
    void a_key_serves_the_models_that_its_patterns_name() {
        var driver = driver(
                key("four", "a", 0, List.of("gpt-4*"), null),
                key("mini", "b", 0, List.of("*-mini"), null),
                key("other", "c", 0, List.of("o3"), null));
        assertThat(keysOf(driver, 10)).containsExactly("four");
        var none = new Asked(driver, "claude", 1);
        driver.pool.lease(none.request.now(), driver.now);
        assertThat(none.refusal.kind()).isEqualTo(Kind.UNUSABLE);
    }

    @Test
    void a_key_past_its_end_takes_no_calls_and_a_clock_that_jumps_back_returns_it() {
        long epoch = 1_800_000_000_000L;
        var driver = driver(key("only", "a", 0, null, epoch + 10_000));
        driver.pool.wallClock(driver.now, epoch);
        assertThat(keysOf(driver, 1)).containsExactly("only");
        driver.pass(10_000);
        assertThat(driver.ask().refusal.kind()).isEqualTo(Kind.UNUSABLE);
        assertThat(PoolDriver.states(driver.view())).containsExactly("Expired");

        driver.pool.wallClock(driver.now, epoch - 3_600_000);
        assertThat(keysOf(driver, 1)).containsExactly("only");
        driver.pool.wallClock(driver.now, epoch + 3_600_000);
        assertThat(driver.ask().lease).isNull();
    }

    @Test
    void who_waits_for_a_key_that_comes_to_its_end_plans_the_call_again_at_that_moment() {
        var driver = endsAfter(10_000);
        driver.fail(driver.ask().lease, FailureClass.RATE_LIMIT, 5_000);
        var first = driver.askUntil(driver.now + 30_000);
        var second = driver.askUntil(driver.now + 30_000);
        driver.pass(5_500);
        driver.fail(first.lease, FailureClass.RATE_LIMIT, 60_000);
        driver.pass(4_499);
        assertThat(second.pending()).isTrue();
        driver.pass(1);
        assertThat(second.refusal.kind()).isEqualTo(Kind.REPLAN);
        assertThat(PoolDriver.states(driver.view())).containsExactly("Expired");
        assertThat(driver.ask().refusal.kind()).isEqualTo(Kind.UNUSABLE);
    }

    @Test
    void nobody_is_let_in_to_wait_for_a_key_that_comes_to_its_end_before_it_may_be_called_with() {
        var driver = endsAfter(10_000);
        driver.fail(driver.ask().lease, FailureClass.RATE_LIMIT, 20_000);
        var asked = driver.askUntil(driver.now + 30_000);
        assertThat(asked.refusal.kind()).isEqualTo(Kind.UNUSABLE);
    }

    @Test
    void a_clock_that_jumps_past_the_end_of_a_key_sends_those_away_who_wait_for_it() {
        var driver = endsAfter(10_000);
        driver.fail(driver.ask().lease, FailureClass.RATE_LIMIT, 5_000);
        var waiting = driver.askUntil(driver.now + 30_000);
        driver.pool.wallClock(driver.now, EPOCH + 3_600_000);
        assertThat(waiting.refusal.kind()).isEqualTo(Kind.REPLAN);
    }

    @ParameterizedTest
    @ValueSource(longs = {-3_600_000, 3_600_000})
    void a_clock_that_jumps_an_hour_neither_ends_nor_prolongs_a_rest_or_a_window(long jumpMs) {
        var limited = pool(
                CoordinationConfig.Mode.LOCAL,
                perMinute("full", 1),
                key("full", "full", 0, null, null),
                key("rests", "rests", 0, null, null));
        var driver = new PoolDriver(limited);
        driver.pool.wallClock(driver.now, EPOCH);
        for (var lease = driver.ask().lease; lease != null; lease = driver.ask().lease) {
            if (lease.keyName().equals("full")) {
                driver.serve(lease);
            } else {
                driver.fail(lease, FailureClass.RATE_LIMIT, 20_000);
            }
        }
        var waiting = driver.askUntil(driver.now + 30_000);
        long began = driver.now;
        driver.pool.wallClock(driver.now, EPOCH + jumpMs);
        driver.pass(19_999);
        assertThat(waiting.pending()).isTrue();
        driver.pass(2_000);
        assertThat(waiting.lease.keyName()).isEqualTo("rests");
        assertThat(waiting.answeredAt - began).isBetween(20_000L, 22_000L);
        assertThat(PoolDriver.states(driver.view())).startsWith("Parked");
    }

    @Test
    void a_pool_that_had_no_key_serves_as_soon_as_it_has_one() {
        var driver = driver();
        assertThat(driver.ask().refusal.kind()).isEqualTo(Kind.UNUSABLE);
        var key = key("first", "a", 0, null, null);
        driver.pool.configure(pool(CoordinationConfig.Mode.LOCAL, List.of(), key), driver.now);
        assertThat(keysOf(driver, 5)).containsExactly("first");
    }

    private static final long EPOCH = 1_800_000_000_000L;

    private static PoolDriver endsAfter(long ms) {
        var driver = driver(key("ends", "a", 0, null, EPOCH + ms));
        driver.pool.wallClock(driver.now, EPOCH);
        return driver;
    }

    @Test
    void the_fleet_is_told_whether_calls_go_through_a_pool() {
        var driver = driver(key("only", "a", 0, null, null));
        assertThat(calling(driver)).isFalse();
        var lease = driver.ask().lease;
        driver.pass(60_000);
        assertThat(calling(driver)).as("one is on its way").isTrue();
        driver.serve(lease);
        assertThat(calling(driver)).isFalse();
        driver.serve(driver.ask().lease);
        driver.pass(9_000);
        assertThat(calling(driver)).isTrue();
    }

    @Test
    void an_account_that_cannot_be_called_with_has_neither_a_limit_nor_something_left_of_it() {
        long end = 100_000;
        var groups = Stream.of("a", "b")
                .flatMap(name -> perMinute(name, 10).stream())
                .toList();
        var driver = new PoolDriver(
                pool(CoordinationConfig.Mode.LOCAL, groups, key("a", "a", 0, null, null), key("b", "b", 1, null, end)));
        for (int i = 0; i < 5; i++) {
            driver.serve(driver.ask().lease);
        }
        assertThat(driver.view().headroomPercent()).isEqualTo(75);
        driver.fail(driver.ask().lease, FailureClass.CREDENTIAL, -1);
        assertThat(driver.view().headroomPercent()).as("of b alone").isEqualTo(100);
        driver.pool.wallClock(driver.now, end);
        assertThat(driver.view().headroomPercent()).as("of none").isZero();
        assertThat(driver.view().exhaustsInMs()).isEqualTo(-1);
    }

    @Test
    void a_key_that_has_used_up_its_own_limit_leaves_its_account_to_the_others() {
        var two = new QuotaLimits(null, 2L, null, null, null, null, null, null, null);
        var limited = new KeyConfig("limited", "a", 1, "fp-limited", "sk-limited", 0, null, two, null);
        var mode = CoordinationConfig.Mode.LOCAL;
        var driver = new PoolDriver(pool(mode, perMinute("a", 100), key("free", "a", 0, null, null), limited));
        for (int i = 0; i < 4; i++) {
            driver.serve(driver.ask().lease);
        }
        assertThat(driver.view().headroomPercent()).as("one of two keys").isEqualTo(50);
        var alone = new PoolDriver(pool(mode, List.of(), limited));
        alone.serve(alone.ask().lease);
        assertThat(alone.view().headroomPercent()).isEqualTo(50);
    }

    @Test
    void an_account_whose_keys_rest_by_the_word_of_others_has_nothing_left() {
        var groups = Stream.of("a", "b")
                .flatMap(name -> perMinute(name, 10).stream())
                .toList();
        var mode = CoordinationConfig.Mode.LOCAL;
        var driver = new PoolDriver(pool(mode, groups, key("a", "a", 0, null, null), key("b", "b", 0, null, null)));
        driver.serve(driver.ask("m").lease);
        assertThat(driver.view().headroomPercent()).isEqualTo(95);
        told(driver, new Rest("a", "fp-a", "m", 30_000, "model_access"));
        told(driver, new Rest("b", "fp-b", "m", 30_000, "model_access"));
        assertThat(driver.view().headroomPercent())
                .as("that a key may not use a model says nothing of limits")
                .isEqualTo(95);
        told(driver, new Rest("a", "fp-a", "m", 40_000, "rate_limit"));
        told(driver, new Rest("b", "fp-b", null, 40_000, "rate_limit"));
        assertThat(driver.view().headroomPercent()).as("both rest").isZero();
        driver.pass(42_000);
        assertThat(driver.view().headroomPercent()).isGreaterThanOrEqualTo(95);
    }

    private static void told(PoolDriver driver, Rest rest) {
        driver.pool.apply(new PoolAnswer("ns/pool", null, List.of(rest), null), driver.now);
    }

    private static boolean calling(PoolDriver driver) {
        return driver.pool
                .report(CoordinationConfig.Mode.LEASED, driver.now, driver.now)
                .calling();
    }

    @Test
    void the_same_material_under_two_names_is_one_account() {
        var one = new KeyConfig("one", "one", 1, "same", "sk");
        var two = new KeyConfig("two", "two", 1, "same", "sk");
        var driver = driver(one, two);
        driver.fail(driver.ask().lease, FailureClass.RATE_LIMIT, 5_000);

        assertThat(driver.ask().refusal.kind()).isEqualTo(Kind.EXHAUSTED);
        driver.pool.configure(pool(CoordinationConfig.Mode.LOCAL, List.of(), two, one), driver.now);
        assertThat(driver.ask().lease).as("nothing is forgotten").isNull();
    }

    @Test
    void a_call_that_no_account_could_ever_take_is_refused_at_once_and_rests_nobody() {
        var limits = new QuotaLimits(null, null, null, null, null, 1_000L, null, null, null);
        var driver = new PoolDriver(pool(
                CoordinationConfig.Mode.LOCAL,
                List.of(new QuotaGroupConfig("a", List.of(limits))),
                key("k", "a", 0, null, null)));
        var large = new Asked(driver, PoolDriver.MODEL, 1, new Demand(50_000, 0));
        driver.pool.lease(large.request.until(driver.now + 30_000), driver.now);
        assertThat(large.refusal.kind()).isEqualTo(Kind.TOO_LARGE);
        assertThat(large.refusal.availableInMs()).isEqualTo(Long.MAX_VALUE);
        assertThat(large.refusal.limit()).contains("a/");
        assertThat(driver.ask().lease).isNotNull();
    }

    @Test
    void a_large_call_is_not_overtaken_for_ever_by_small_ones() {
        var driver = ofTokens("a", "b");
        var large = largeAfter(10, driver);
        for (int i = 0; i < 40 && large.pending(); i++) {
            small(driver);
            driver.pass(1_000);
        }
        assertThat(large.lease).isNotNull();
    }

    @Test
    void small_calls_use_the_only_account_while_a_large_one_waits_for_it_but_not_for_ever() {
        var driver = ofTokens("a");
        var large = largeAfter(5, driver);
        assertThat(small(driver).lease)
                .as("it fits, and the large one does not")
                .isNotNull();
        driver.pass(11_000);
        var late = small(driver);
        assertThat(late.lease).as("now the large one is kept a place").isNull();
        driver.pass(15_000);
        assertThat(large.lease).isNotNull();
    }

    @Test
    void when_a_large_call_goes_away_those_behind_it_go_at_once() {
        var driver = ofTokens("a");
        var large = largeAfter(5, driver);
        driver.pass(11_000);
        var late = small(driver);
        assertThat(late.pending()).isTrue();
        driver.pool.cancel(large.request, driver.now);
        assertThat(late.lease).isNotNull();
    }

    @Test
    void a_large_call_that_is_kept_a_place_hears_that_its_model_is_gone() {
        var driver = ofTokens("a");
        var finds = new Asked(driver, PoolDriver.MODEL, 1, new Demand(100, 0));
        driver.pool.lease(finds.request.now(), driver.now);
        var large = largeAfter(4, driver);
        driver.pass(11_000);
        var late = new Asked(driver, PoolDriver.MODEL, 1, new Demand(100, 0));
        driver.pool.lease(late.request.now(), driver.now);
        assertThat(late.lease).as("the large one is kept a place").isNull();
        driver.fail(finds.lease, FailureClass.MODEL_GONE, -1);
        assertThat(large.refusal.cause()).isEqualTo(FailureClass.MODEL_GONE);
        assertThat(driver.view().waiting()).isZero();
    }

    @Test
    void a_call_that_the_provider_turns_away_does_not_stand_behind_those_who_came_after_it() {
        var pace = new QuotaLimits(null, 60L, null, null, null, null, null, null, 1L);
        var driver = new PoolDriver(pool(
                CoordinationConfig.Mode.LOCAL,
                List.of(new QuotaGroupConfig("a", List.of(pace))),
                key("a", "a", 0, null, null)));
        driver.serve(driver.ask().lease);
        var first = driver.askUntil(driver.now + 30_000);
        var others = new ArrayList<Asked>();
        for (int i = 0; i < 20; i++) {
            others.add(driver.askUntil(driver.now + 30_000));
        }
        driver.pass(1_100);
        driver.fail(first.lease, FailureClass.RATE_LIMIT, 1_000);
        first.answeredAt = -1;
        first.lease = null;
        driver.pool.lease(first.request.until(driver.now + 10_000), driver.now);
        assertThat(first.refusal).as("it is not the last of 21").isNull();
        driver.pass(4_000);
        assertThat(first.lease).isNotNull();
        assertThat(others).last().matches(Asked::pending);
    }

    /** Accounts of 1,000 tokens a minute with a key each. */
    private static PoolDriver ofTokens(String... accounts) {
        var limits = new QuotaLimits(null, null, null, null, null, 1_000L, null, null, null);
        return new PoolDriver(pool(
                CoordinationConfig.Mode.LOCAL,
                Stream.of(accounts)
                        .map(name -> new QuotaGroupConfig(name, List.of(limits)))
                        .toList(),
                Stream.of(accounts).map(name -> key(name, name, 0, null, null)).toArray(KeyConfig[]::new)));
    }

    /** A call that waits for nearly all of an account, some time after small ones. */
    private static Asked largeAfter(int smallOnes, PoolDriver driver) {
        for (int i = 0; i < smallOnes; i++) {
            small(driver);
            driver.pass(500);
        }
        driver.pass(40_000);
        var large = new Asked(driver, PoolDriver.MODEL, 1, new Demand(900, 0));
        driver.pool.lease(large.request.until(driver.now + 60_000), driver.now);
        assertThat(large.pending()).isTrue();
        return large;
    }

    @Test
    void after_a_quarantine_one_call_tries_the_key_and_the_others_wait_for_what_it_finds() {
        var driver = driver(key("a", "a", 0, null, null));
        driver.fail(driver.ask().lease, FailureClass.CREDENTIAL, -1);
        driver.pass(60_000);
        var trial = driver.ask().lease;
        assertThat(trial).isNotNull();
        var second = driver.askUntil(driver.now + 10_000);
        driver.pass(10);
        assertThat(second.pending()).isTrue();
        driver.pool.accepted(trial, LimitSnapshot.NOTHING, driver.now);
        driver.pass(50);
        assertThat(second.lease).as("the key is good again").isNotNull();
    }

    @Test
    void a_trial_that_says_nothing_of_the_key_leaves_the_next_call_to_try_it() {
        var driver = driver(key("a", "a", 0, null, null));
        driver.fail(driver.ask().lease, FailureClass.CREDENTIAL, -1);
        driver.pass(60_000);
        driver.pool.settle(driver.ask().lease, Outcome.ABANDONED, Spent.NOTHING, driver.now);
        driver.pass(300);
        assertThat(driver.ask().lease).isNotNull();
        assertThat(driver.ask().lease).isNull();
    }

    @Test
    void a_rest_never_ends_earlier_than_it_was_once_told() {
        var driver = driver(key("a", "a", 0, null, null));
        var one = driver.ask().lease;
        var two = driver.ask().lease;
        driver.fail(one, FailureClass.RATE_LIMIT, 20_000);
        driver.fail(two, FailureClass.RATE_LIMIT, 1_000);
        driver.pass(19_000);
        assertThat(driver.ask().lease).as("a shorter wait told later").isNull();
        driver.pass(2_500);
        assertThat(driver.ask().lease).isNotNull();
    }

    @Test
    void what_an_error_says_of_the_limits_paces_the_next_calls() {
        var driver = driver(key("a", "a", 0, null, null));
        var refused = driver.ask().lease;
        driver.pool.heard(refused, new LimitSnapshot(0, 10, 30_000, -1, -1, -1), driver.now);
        driver.fail(refused, FailureClass.CALLER_FAULT, -1);
        assertThat(driver.ask().lease).isNull();
    }

    private static Asked small(PoolDriver driver) {
        var asked = new Asked(driver, PoolDriver.MODEL, 1, new Demand(100, 0));
        driver.pool.lease(asked.request.until(driver.now + 30_000), driver.now);
        if (asked.lease != null) {
            driver.pool.settle(asked.lease, Outcome.SERVED, new Spent.Tokens(100, 0, 0), driver.now);
        }
        return asked;
    }

    @Test
    void what_one_process_learns_of_a_rest_holds_in_another_and_is_not_echoed() {
        var keys = new KeyConfig[] {key("a", "a", 0, null, null), key("b", "b", 0, null, null)};
        var one = driver(keys);
        var two = driver(keys);
        var failed = one.ask().lease;
        one.fail(failed, FailureClass.RATE_LIMIT, 8_000);
        var rests = one.pool.report(CoordinationConfig.Mode.LOCAL, one.now, 0).rests();
        assertThat(rests)
                .singleElement()
                .isEqualTo(new Rest(failed.group(), "fp-" + failed.keyName(), PoolDriver.MODEL, 8_000, "rate_limit"));

        two.pool.apply(new PoolAnswer("ns/pool", null, rests, null), two.now);
        for (int i = 0; i < 6; i++) {
            assertThat(two.ask().lease.group()).isNotEqualTo(failed.group());
        }
        assertThat(two.pool.report(CoordinationConfig.Mode.LOCAL, two.now, 0).rests())
                .isEmpty();
        two.pass(8_001);
        assertThat(keysOf(two, 10)).contains(failed.keyName());
    }

    @Test
    void own_evidence_of_an_earlier_end_does_not_make_what_others_said_ones_own() {
        var driver = driver(key("a", "a", 0, null, null));
        var running = driver.ask().lease;
        var told = List.of(new Rest("a", null, PoolDriver.MODEL, 60_000, "rate_limit"));
        driver.pool.apply(new PoolAnswer("ns/pool", null, told, null), driver.now);
        driver.fail(running, FailureClass.RATE_LIMIT, 5_000);
        assertThat(driver.pool
                        .report(CoordinationConfig.Mode.LOCAL, driver.now, 0)
                        .rests())
                .isEmpty();
    }

    @Test
    void a_process_without_a_share_asks_for_one_and_serves_when_it_comes() {
        var driver =
                new PoolDriver(pool(CoordinationConfig.Mode.LEASED, perMinute("a", 600), key("a", "a", 0, null, null)));
        var asked = new ArrayList<String>();
        driver.pool.onNeed(() -> asked.add("need"));
        var waiting = driver.askUntil(driver.now + 20_000);
        assertThat(waiting.pending()).isTrue();
        assertThat(asked).isNotEmpty();

        var report = driver.pool.report(CoordinationConfig.Mode.LEASED, driver.now, 0);
        assertThat(report.waiting()).isEqualTo(1);
        assertThat(report.meters()).singleElement().satisfies(meter -> {
            assertThat(meter.limit()).isEqualTo(600);
            assertThat(meter.wanted()).isEqualTo(1);
            driver.pool.apply(
                    new PoolAnswer("ns/pool", List.of(new MeterShare(meter.meter(), 50)), null, null), driver.now);
        });
        assertThat(waiting.lease).isNotNull();
        assertThat(driver.pool
                        .report(CoordinationConfig.Mode.REDIS, driver.now, 0)
                        .meters())
                .isEmpty();
    }

    @Test
    void what_is_used_of_limits_that_a_redis_divides_is_told_to_whoever_sums_it_up() {
        var driver =
                new PoolDriver(pool(CoordinationConfig.Mode.REDIS, perMinute("a", 600), key("a", "a", 0, null, null)));
        var meter = "a/*/requestsPerMinute";
        driver.pool.apply(new PoolAnswer("ns/pool", List.of(new MeterShare(meter, 450)), null, null), driver.now);
        var report = driver.pool.report(CoordinationConfig.Mode.LEASED, driver.now, 0);
        assertThat(report.elsewhere()).as("it says so, and has used nothing").isEmpty();
        for (int i = 0; i < 3; i++) {
            driver.serve(driver.ask().lease);
        }
        report = driver.pool.report(CoordinationConfig.Mode.LEASED, driver.now, 0);
        assertThat(report.elsewhere()).containsExactly(Map.entry(meter, 3L));
        assertThat(report.meters()).as("what the operator divides").isEmpty();
        assertThat(driver.pool
                        .report(CoordinationConfig.Mode.REDIS, driver.now, 0)
                        .elsewhere())
                .isNull();
    }

    @Test
    void a_pinned_call_waits_for_its_account_and_goes_nowhere_else() {
        var driver = driver(key("a", "a", 0, null, null), key("b", "b", 0, null, null));
        for (int i = 0; i < 2; i++) {
            var asked = new Asked(driver, PoolDriver.MODEL, 1);
            driver.pool.lease(asked.request.pin("a").now(), driver.now);
            if (i == 0) {
                driver.fail(asked.lease, FailureClass.RATE_LIMIT, 2_000);
            } else {
                assertThat(asked.lease).as("b is free, a rests").isNull();
            }
        }
        var waits = new Asked(driver, PoolDriver.MODEL, 1);
        driver.pool.lease(waits.request.pin("a").until(driver.now + 10_000), driver.now);
        assertThat(driver.ask().lease.group()).isEqualTo("b");
        driver.pass(2_000);
        assertThat(waits.lease.group()).isEqualTo("a");
        assertThat(waits.lease.predictedMs()).isEqualTo(2_000);
    }

    @Test
    void tenants_take_turns_in_proportion_to_their_weights_whoever_came_first() {
        var driver = driver(key("a", "a", 0, null, null));
        driver.fail(driver.ask().lease, FailureClass.RATE_LIMIT, 1_000);
        var order = new ArrayList<String>();
        for (var tenant : new String[] {"many", "few"}) {
            for (int i = 0; i < 12; i++) {
                var asked = new Asked(driver, PoolDriver.MODEL, 1);
                asked.heard = () -> order.add(tenant);
                int weight = tenant.equals("few") ? 2 : 1;
                driver.pool.lease(asked.request.onBehalfOf(tenant, weight).until(driver.now + 20_000), driver.now);
            }
        }
        driver.pass(20_000);
        assertThat(order).hasSize(24);
        assertThat(order.subList(0, 9).stream().filter("few"::equals).count()).isBetween(5L, 7L);
    }

    @Test
    void what_is_urgent_goes_first_until_the_others_have_waited_long() {
        var driver = driver(key("a", "a", 0, null, null));
        driver.fail(driver.ask().lease, FailureClass.RATE_LIMIT, 12_000);
        var order = new ArrayList<String>();
        ask(driver, Urgency.NORMAL, "old", order);
        driver.pass(11_000);
        ask(driver, Urgency.BATCH, "batch", order);
        ask(driver, Urgency.NORMAL, "normal", order);
        ask(driver, Urgency.INTERACTIVE, "interactive", order);
        driver.pass(15_000);
        assertThat(order).containsExactly("old", "interactive", "normal", "batch");
    }

    private static void ask(PoolDriver driver, Urgency urgency, String name, List<String> order) {
        var asked = new Asked(driver, PoolDriver.MODEL, 1);
        asked.heard = () -> order.add(name);
        driver.pool.lease(asked.request.urgency(urgency).onBehalfOf(name, 1).until(driver.now + 19_000), driver.now);
    }
}
