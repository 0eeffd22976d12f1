package dev.fairlead.sidecar.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.config.QuotaLimits;
import dev.fairlead.sidecar.redis.ScriptDriver.Member;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The books in a real server: what all hold never exceeds the limit, whatever gets lost. */
class DivideScriptTest extends ScriptInRedis {
    @Test
    void a_store_without_memory_gives_nothing_but_what_is_held_until_all_have_spoken() {
        var one = driver.process();
        var other = driver.process();
        one.share = 400;
        other.share = 300;
        one.report(100);
        other.report(100);
        assertThat(one.share).isEqualTo(400);
        assertThat(other.share)
                .as("what is left, of a claim that cannot be true")
                .isLessThanOrEqualTo(300);
        driver.pass(4_000);
        for (int i = 0; i < 5; i++) {
            one.report(0);
            other.report(600);
        }
        assertThat(one.share + other.share).isLessThanOrEqualTo(600);
        assertThat(other.share).isGreaterThan(500);
    }

    @Test
    void who_is_alone_has_most_of_it_and_a_hungry_one_all() {
        driver.grown();
        var one = driver.process();
        one.report(0);
        assertThat(one.share).isGreaterThanOrEqualTo(225);
        driver.passWithOthers(16_000);
        one.report(600);
        assertThat(one.share).isGreaterThanOrEqualTo(550);
    }

    @Test
    void the_hungry_share_evenly_and_the_idle_keep_a_little() {
        driver.grown();
        var all = processes(4);
        for (int round = 0; round < 4; round++) {
            for (int i = 0; i < 4; i++) {
                all.get(i).report(i < 2 ? 600 : 0);
            }
            driver.pass(1_000);
        }
        assertThat(all.get(0).share).isBetween(250L, 300L);
        assertThat(all.get(1).share).isBetween(250L, 300L);
        assertThat(all.get(2).share).isBetween(1L, 50L);
        assertThat(ScriptDriver.sum(all)).isLessThanOrEqualTo(600);
    }

    @Test
    void tenants_share_by_weight_and_each_ones_processes_evenly() {
        driver.grown();
        driver.passWithOthers(16_000);
        var heavy = List.of(driver.process("heavy", 3), driver.process("heavy", 3));
        var light = driver.process("light", 1);
        var frugal = driver.process("frugal", 1_000);
        for (int round = 0; round < 8; round++) {
            heavy.forEach(one -> one.report(900));
            light.report(900);
            frugal.report(20);
            assertThat(ScriptDriver.sum(heavy) + light.share + frugal.share).isLessThanOrEqualTo(600);
            driver.pass(1_000);
        }
        assertThat(frugal.share)
                .as("its wish and a little more, whatever it may weigh")
                .isEqualTo(20 + 600 / 40 / 4);
        assertThat(light.share).isBetween(144L, 146L);
        assertThat(heavy).allSatisfy(one -> assertThat(one.share).isBetween(216L, 218L));
    }

    @Test
    void a_tenants_new_weight_counts_from_the_next_report_on() {
        driver.grown();
        driver.passWithOthers(16_000);
        var one = driver.process("one", 1);
        var other = driver.process("other", 1);
        reportHungry(one, other);
        assertThat(one.share).isBetween(299L, 300L);
        one.weight(2);
        reportHungry(one, other);
        assertThat(one.share).isBetween(399L, 400L);
        assertThat(other.share).isBetween(199L, 201L);
    }

    private void reportHungry(Member one, Member other) {
        for (int round = 0; round < 4; round++) {
            one.report(900);
            other.report(900);
            driver.pass(1_000);
        }
    }

    @Test
    void what_a_process_has_forgotten_to_have_used_counts_on_for_a_window() {
        driver.grown();
        driver.passWithOthers(16_000);
        var one = driver.process();
        one.report(600);
        one.call(550);
        one.report(0);
        driver.pass(1_000);
        one.forget();
        for (int s = 0; s < 55; s++) {
            one.report(600);
            one.call(600);
            assertThat(driver.calls.size()).isLessThanOrEqualTo(600);
            driver.pass(1_000);
        }
        driver.passWithOthers(6_000);
        one.report(600);
        assertThat(one.share).as("the window is over").isGreaterThan(500);
    }

    @Test
    void a_late_report_undoes_nothing() {
        driver.grown();
        var one = driver.process();
        one.report(600);
        long held = one.share;
        var late = one.ask(one.number - 1, 0, 0, List.of(), List.of(), false);
        assertThat(late.shares()).isEmpty();
        var other = driver.process();
        other.report(600);
        assertThat(held + other.share).isLessThanOrEqualTo(600);
    }

    @Test
    void who_ends_gives_back_what_it_has_not_used_and_who_vanishes_all_when_the_window_is_over() {
        driver.grown();
        driver.passWithOthers(95_000);
        var tidy = driver.process();
        tidy.report(600);
        tidy.call(100);
        tidy.leave();
        var vanishing = driver.process();
        vanishing.report(600);
        assertThat(vanishing.share).isBetween(450L, 500L);
        var next = driver.process();
        next.report(600);
        assertThat(next.share).isLessThanOrEqualTo(50);
        for (int s = 0; s < 100; s++) {
            driver.pass(1_000);
            next.report(600);
        }
        assertThat(next.share).isEqualTo(600);
    }

    @Test
    void after_the_store_was_away_nothing_is_given_away_before_those_who_hold_it_can_have_come_back() {
        driver.grown();
        var one = driver.process();
        one.report(600);
        long held = one.share;
        driver.pass(600_000);
        var other = driver.process();
        other.report(600);
        assertThat(held + other.share).isLessThanOrEqualTo(600);
        driver.pass(900);
        one.report(600);
        driver.pass(4_000);
        other.report(600);
        assertThat(one.share + other.share).isLessThanOrEqualTo(600);
        assertThat(one.share).isPositive();
    }

    @Test
    void when_everybody_was_away_for_long_nothing_of_before_counts() {
        driver.grown();
        driver.process().report(600);
        driver.pass(3_600_000);
        var next = driver.process();
        next.report(600);
        driver.pass(4_000);
        next.report(600);
        assertThat(next.share).isEqualTo(600);
    }

    @Test
    void a_clock_that_is_set_back_by_an_hour_changes_nothing() {
        driver.grown();
        var one = driver.process();
        one.report(600);
        driver.run(Request.cmd(Command.HINCRBY)
                .arg("fairlead:{ns/pool}:pool")
                .arg("offset")
                .arg(-3_600_000));
        one.report(600);
        assertThat(one.share).isGreaterThanOrEqualTo(550);
        var told = driver.process().say(List.of(), List.of());
        assertThat(told.rests()).isEmpty();
    }

    @Test
    void calls_at_once_are_shared_too() {
        var limits = new QuotaLimits(null, null, null, null, null, null, null, 8L, null);
        try (var slots = new ScriptDriver(redis, limits, "concurrency", 8)) {
            slots.grown();
            slots.passWithOthers(100_000);
            var all = new ArrayList<Member>();
            for (int i = 0; i < 3; i++) {
                all.add(slots.process());
            }
            for (int round = 0; round < 5; round++) {
                all.forEach(one -> one.report(8));
                assertThat(ScriptDriver.sum(all)).isLessThanOrEqualTo(8);
                slots.pass(1_000);
            }
            assertThat(all).allMatch(one -> one.share >= 2);
        }
    }

    /** And where they are parts of calls: a limit of two calls and a half, of which each counts as so much. */
    @ParameterizedTest
    @ValueSource(ints = {1, 700})
    void where_calls_at_once_are_fewer_than_processes_each_has_its_turn(int size) {
        long limit = 2L * size + size / 2;
        var limits = new QuotaLimits(null, null, null, null, null, null, null, limit, null);
        try (var slots = new ScriptDriver(redis, limits, "concurrency", limit)) {
            slots.size = size;
            slots.process().leave();
            slots.passWithOthers(12_000);
            var all = List.of(slots.process("one", 1), slots.process("one", 1), slots.process("other", 1));
            var served = new int[3];
            // Four calls want to be made by each at any time, and take a second.
            for (int step = 0; step < 1_200; step++) {
                for (int i = 0; i < 3; i++) {
                    var one = all.get(i);
                    while (!one.made.isEmpty() && one.made.peekFirst() <= slots.now() - 1_000) {
                        one.made.removeFirst();
                    }
                    served[i] += one.call(4 - one.made.size());
                    if ((step + i) % 5 == 0) {
                        one.report(4 - one.made.size());
                    }
                }
                assertThat(all.stream().mapToInt(one -> one.made.size()).sum()).isLessThanOrEqualTo(2);
                slots.pass(50);
            }
            assertThat(served[0]).as("half of its tenant's half, of 120").isBetween(17, 34);
            assertThat(served[1]).isBetween(17, 34);
            assertThat(served[2]).isBetween(40, 66);
        }
    }

    @Test
    void a_limit_of_a_day_is_not_given_far_ahead() {
        var limits = new QuotaLimits(null, null, 100_000L, null, null, null, null, null, null);
        try (var day = new ScriptDriver(redis, limits, "requestsPerDay", 100_000)) {
            day.grown();
            var one = day.process();
            one.report(0);
            assertThat(one.share).isBetween(1L, 3_000L);
            one.report(10_000);
            assertThat(one.share).isGreaterThanOrEqualTo(10_000);
        }
    }

    /** Processes come, go, vanish, forget, lose answers; time passes unevenly. Whatever happens, no window has more than the limit. */
    @Test
    void no_window_ever_has_more_calls_than_the_limit() {
        for (int seed = 1; seed <= 3; seed++) {
            if (seed > 1) {
                driver.close();
                driver = ScriptDriver.ofMinute(redis, 600);
                driver.pass(10_000_000L * seed);
            }
            driver.grown();
            driver.passWithOthers(100_000);
            var random = new Random(seed);
            var all = new ArrayList<Member>();
            for (int i = 0; i < 4; i++) {
                all.add(driver.process("tenant-" + i / 2, 1 + i));
            }
            int served = 0;
            for (int step = 0; step < 600; step++) {
                driver.pass(100 + random.nextInt(900));
                var one = all.get(random.nextInt(all.size()));
                served += one.call(random.nextInt(40));
                int chance = random.nextInt(100);
                if (chance < 2) {
                    all.remove(one);
                    if (chance == 0) {
                        one.leave();
                    }
                    all.add(driver.process());
                } else if (chance < 4) {
                    one.forget();
                } else if (chance < 10) {
                    one.ask(random.nextInt(200), List.of(), List.of(), false); // The answer was lost.
                } else {
                    one.report(random.nextInt(200));
                }
                assertThat(driver.calls.size())
                        .as("seed %d step %d", seed, step)
                        .isLessThanOrEqualTo(600);
            }
            assertThat(served).as("it is used, too").isGreaterThan(600);
        }
    }

    private List<Member> processes(int count) {
        var all = new ArrayList<Member>();
        for (int i = 0; i < count; i++) {
            all.add(driver.process());
        }
        return all;
    }
}
