package dev.fairlead.sidecar.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.redis.ScriptDriver.Member;
import org.junit.jupiter.api.Test;

/** A server that comes back with an old memory: what it has given since then is not given once more. */
class StaleStoreTest extends ScriptInRedis {
    @Test
    void a_snapshot_of_minutes_ago_gives_nothing_away_before_all_have_said_what_they_hold() {
        driver.grown();
        driver.passWithOthers(40_000);
        var one = driver.process();
        one.report(0);
        var snapshot = driver.memory();
        driver.passWithOthers(120_000);
        var other = driver.process();
        for (int s = 0; s < 30; s++) {
            one.report(0);
            other.report(600);
            other.call(600);
            driver.pass(1_000);
        }
        assertThat(other.share).isGreaterThan(500);
        driver.pass(10_000);
        driver.remembers(snapshot);
        bothWantAllFor(90, one, other);
    }

    @Test
    void a_replica_that_is_a_few_seconds_behind_and_takes_over_at_once_does_not_give_twice() {
        driver.grown();
        driver.passWithOthers(40_000);
        var one = driver.process();
        var other = driver.process();
        one.report(0);
        other.report(0);
        driver.pass(1_000);
        one.report(0);
        other.report(0);
        var behind = driver.memory();
        for (int i = 0; i < 5; i++) {
            driver.pass(200);
            one.report(600);
            one.call(600);
            other.report(0);
        }
        assertThat(one.share).isGreaterThan(500);
        driver.remembers(behind);
        bothWantAllFor(90, other, one);
    }

    @Test
    void a_replica_that_has_never_heard_of_a_limit_asks_all_what_they_hold() {
        driver.grown();
        driver.passWithOthers(40_000);
        var empty = driver.memory();
        var one = driver.process();
        var other = driver.process();
        for (int i = 0; i < 3; i++) {
            other.report(0);
            one.report(600);
            one.call(600);
            driver.pass(200);
        }
        driver.remembers(empty);
        bothWantAllFor(90, other, one);
    }

    private void bothWantAllFor(int seconds, Member first, Member second) {
        for (int s = 0; s < seconds; s++) {
            for (var each : s == 0 ? new Member[] {first, second} : new Member[] {second, first}) {
                each.report(600);
                each.call(600);
            }
            assertThat(driver.calls.size()).as("after %d s", s).isLessThanOrEqualTo(600);
            driver.pass(1_000);
        }
        assertThat(first.share + second.share).isGreaterThan(550);
        assertThat(driver.calls.size()).as("it is used, too").isGreaterThan(500);
    }
}
