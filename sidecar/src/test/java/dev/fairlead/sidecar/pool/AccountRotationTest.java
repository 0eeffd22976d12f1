package dev.fairlead.sidecar.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.config.CoordinationConfig;
import dev.fairlead.sidecar.config.KeyConfig;
import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.config.QuotaGroupConfig;
import dev.fairlead.sidecar.config.QuotaLimits;
import dev.fairlead.sidecar.config.WaitConfig;
import dev.fairlead.sidecar.fleet.PoolAnswer;
import dev.fairlead.sidecar.fleet.Rest;
import dev.fairlead.sidecar.provider.FailureClass;
import dev.fairlead.sidecar.provider.LimitSnapshot;
import dev.fairlead.sidecar.provider.Scope;
import dev.fairlead.sidecar.provider.Verdict;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Another credential under a key's name: another account, unless the account has a name of its own. */
class AccountRotationTest {
    private static final List<QuotaGroupConfig> NO_LIMITS = List.of();

    private static KeyConfig key(String name, String group, String material) {
        return new KeyConfig(name, group, 1, "fp-" + material, "sk-" + material);
    }

    private static PoolConfig pool(List<QuotaGroupConfig> limits, KeyConfig... keys) {
        return PoolDriver.config(new WaitConfig(30_000, 100, 1 << 20), "Headroom", List.of(keys), limits);
    }

    private static PoolDriver before() {
        return new PoolDriver(pool(NO_LIMITS, key("a", "a", "old")));
    }

    private static void rotate(PoolDriver driver) {
        driver.pool.configure(pool(NO_LIMITS, key("a", "a", "new")), driver.now);
    }

    private static void fail(PoolDriver driver, Lease lease, FailureClass failure, Scope scope) {
        var verdict = new Verdict(failure, scope, OptionalLong.of(60_000), Set.of(), "test");
        driver.pool.settle(lease, new Outcome.Failed(verdict), Spent.UNKNOWN, driver.now);
    }

    private static List<Rest> rests(PoolDriver driver) {
        return driver.pool.report(CoordinationConfig.Mode.LOCAL, driver.now, 0).rests();
    }

    @Test
    void what_rested_the_account_of_the_old_key_does_not_rest_that_of_the_new_one() {
        for (var scope : List.of(Scope.GROUP, Scope.GROUP_MODEL)) {
            var driver = before();
            fail(driver, driver.ask().lease, FailureClass.RATE_LIMIT, scope);
            assertThat(driver.ask().lease).isNull();
            rotate(driver);
            var lease = driver.ask().lease;
            assertThat(lease).as(scope.name()).isNotNull();
            assertThat(lease.secret()).isEqualTo("sk-new");
        }
    }

    @Test
    void what_headers_said_of_the_old_account_does_not_bind_the_new_one() {
        var driver = before();
        var lease = driver.ask().lease;
        driver.pool.accepted(lease, new LimitSnapshot(0, 10, 30_000, -1, -1, -1), driver.now);
        driver.pool.settle(lease, Outcome.SERVED, Spent.UNKNOWN, driver.now);
        assertThat(driver.ask().lease).isNull();
        rotate(driver);
        assertThat(driver.ask().lease).isNotNull();
    }

    @Test
    void who_waits_for_the_old_account_is_served_by_the_new_one() {
        var driver = before();
        fail(driver, driver.ask().lease, FailureClass.RATE_LIMIT, Scope.GROUP);
        driver.pass(40_000);
        var waits = driver.askUntil(driver.now + 30_000);
        assertThat(waits.pending()).isTrue();
        rotate(driver);
        assertThat(waits.lease).isNotNull();
    }

    @Test
    void a_call_with_the_old_key_ends_in_peace_and_tells_nothing_of_the_new_account() {
        var driver = before();
        var served = driver.ask().lease;
        var failed = driver.ask().lease;
        rotate(driver);
        fail(driver, failed, FailureClass.RATE_LIMIT, Scope.GROUP);
        driver.serve(served);
        for (int i = 0; i < 4; i++) {
            assertThat(driver.ask().lease.secret()).isEqualTo("sk-new");
        }
        assertThat(driver.view().inFlight()).isEqualTo(4);
        assertThat(rests(driver)).isEmpty();
    }

    @Test
    void the_old_account_is_not_called_with_again_when_its_last_call_ends_after_its_rest() {
        var driver = before();
        var slow = driver.ask().lease;
        fail(driver, driver.ask().lease, FailureClass.RATE_LIMIT, Scope.GROUP);
        assertThat(driver.ask().lease).as("it rests").isNull();
        rotate(driver);
        driver.pass(61_000);
        driver.serve(slow);
        for (int i = 0; i < 4; i++) {
            assertThat(driver.ask().lease.secret()).isEqualTo("sk-new");
        }
    }

    @Test
    void what_a_process_with_the_old_key_says_of_its_account_is_no_news_of_the_new_one() {
        var old = before();
        fail(old, old.ask().lease, FailureClass.QUOTA, Scope.GROUP);
        var told = rests(old);
        assertThat(told).singleElement().isEqualTo(new Rest("a", "fp-old", null, 60_000, "quota"));

        var same = before();
        same.pool.apply(new PoolAnswer("ns/pool", null, told, null), same.now);
        assertThat(same.ask().lease).isNull();
        assertThat(PoolDriver.states(same.view())).containsExactly("Suspended");
        var other = before();
        rotate(other);
        other.pool.apply(new PoolAnswer("ns/pool", null, told, null), other.now);
        assertThat(other.ask().lease).isNotNull();
    }

    @Test
    void what_the_old_account_holds_is_not_looked_for_at_the_new_one() {
        var driver = new PoolDriver(pool(NO_LIMITS, key("a", "a", "old"), key("b", "b", "other")));
        driver.pool.pins().remember(1, "a");
        driver.pool.pins().remember(2, "b");
        driver.pool.configure(pool(NO_LIMITS, key("a", "a", "new"), key("b", "b", "other")), driver.now);
        assertThat(driver.pool.pins().group(1)).isNull();
        assertThat(driver.pool.pins().group(2)).isEqualTo("b");
    }

    @Test
    void an_account_with_a_name_of_its_own_rests_whichever_key_it_has() {
        var driver = new PoolDriver(pool(NO_LIMITS, key("a", "acct", "old")));
        fail(driver, driver.ask().lease, FailureClass.RATE_LIMIT, Scope.GROUP);
        assertThat(rests(driver)).singleElement().isEqualTo(new Rest("acct", null, null, 60_000, "rate_limit"));
        driver.pool.configure(pool(NO_LIMITS, key("a", "acct", "new")), driver.now);
        assertThat(driver.ask().lease).isNull();
    }

    @Test
    void an_account_whose_limits_are_named_goes_on_from_its_count() {
        var limits = List.of(new QuotaGroupConfig(
                "a", List.of(new QuotaLimits(null, null, 2L, null, null, null, null, null, null))));
        var driver = new PoolDriver(pool(limits, key("a", "a", "old")));
        driver.serve(driver.ask().lease);
        driver.pool.configure(pool(limits, key("a", "a", "new")), driver.now);
        driver.serve(driver.ask().lease);
        assertThat(driver.ask().lease).as("two a day, whoever asks").isNull();
    }

    @Test
    void an_account_that_gets_a_name_stays_the_same_while_it_keeps_a_key() {
        var driver = before();
        fail(driver, driver.ask().lease, FailureClass.RATE_LIMIT, Scope.GROUP);
        driver.pool.configure(pool(NO_LIMITS, key("a", "a", "old"), key("b", "a", "new")), driver.now);
        assertThat(driver.ask().lease).as("one account of two keys").isNull();
        driver.pool.configure(pool(NO_LIMITS, key("a", "a", "new")), driver.now);
        assertThat(driver.ask().lease).as("the key that it has kept").isNull();
    }

    private static void rename(PoolDriver driver) {
        driver.pool.configure(pool(NO_LIMITS, key("renamed", "renamed", "old")), driver.now);
    }

    @ParameterizedTest
    @EnumSource(
            value = Scope.class,
            names = {"GROUP", "GROUP_MODEL", "KEY", "KEY_MODEL"})
    void a_key_that_gets_another_name_goes_on_resting(Scope scope) {
        var driver = before();
        fail(driver, driver.ask().lease, FailureClass.RATE_LIMIT, scope);
        driver.pass(40_000);
        var waits = driver.askUntil(driver.now + 30_000);
        rename(driver);
        assertThat(driver.ask().refusal.availableInMs()).isEqualTo(20_000);
        assertThat(rests(driver))
                .singleElement()
                .satisfies(rest -> assertThat(rest.group()).isEqualTo("renamed"));
        driver.pass(20_000);
        assertThat(waits.lease.keyName()).isEqualTo("renamed");
        assertThat(waits.lease.group()).isEqualTo("renamed");
    }

    @Test
    void what_headers_said_of_its_account_goes_with_a_key_to_its_new_name() {
        var driver = before();
        var lease = driver.ask().lease;
        driver.pool.accepted(lease, new LimitSnapshot(0, 10, 30_000, -1, -1, -1), driver.now);
        driver.pool.settle(lease, Outcome.SERVED, Spent.UNKNOWN, driver.now);
        rename(driver);
        assertThat(driver.ask().refusal.limit()).startsWith("renamed/");
    }

    @Test
    void what_a_key_has_used_of_its_own_limits_goes_with_it_to_its_new_name() {
        var two = new QuotaLimits(null, 2L, null, null, null, null, null, null, null);
        var driver = new PoolDriver(pool(NO_LIMITS, new KeyConfig("a", "a", 1, "fp", "sk", 0, null, two, null)));
        driver.serve(driver.ask().lease);
        var renamed = new KeyConfig("b", "b", 1, "fp", "sk", 0, null, two, null);
        driver.pool.configure(pool(NO_LIMITS, renamed), driver.now);
        driver.serve(driver.ask().lease);
        assertThat(driver.ask().lease).as("two a minute").isNull();
    }

    @Test
    void a_call_that_is_on_its_way_under_the_old_name_ends_once_and_tells_of_the_new_one() {
        var driver = before();
        var served = driver.ask().lease;
        var failed = driver.ask().lease;
        rename(driver);
        assertThat(driver.view().keys().get(0).inFlight()).isEqualTo(2);
        driver.serve(served);
        driver.serve(served);
        fail(driver, failed, FailureClass.RATE_LIMIT, Scope.GROUP);
        assertThat(driver.view().inFlight()).isZero();
        assertThat(driver.view().keys().get(0).inFlight()).isZero();
        assertThat(served.keyName()).as("as it was sent").isEqualTo("a");
        assertThat(driver.ask().lease).isNull();
    }

    @Test
    void two_keys_that_change_their_names_keep_what_is_known_of_each() {
        var driver = new PoolDriver(pool(NO_LIMITS, key("a", "a", "one"), key("b", "b", "two")));
        for (var lease = driver.ask().lease; lease != null; lease = driver.ask().lease) {
            if (lease.keyName().equals("a")) {
                fail(driver, lease, FailureClass.QUOTA, Scope.GROUP);
                break;
            }
        }
        driver.pool.pins().remember(1, "a");
        driver.pool.pins().remember(2, "b");
        driver.pool.configure(pool(NO_LIMITS, key("a", "a", "two"), key("b", "b", "one")), driver.now);
        assertThat(PoolDriver.states(driver.view())).containsExactly("Available", "Suspended");
        assertThat(driver.pool.pins().group(1)).isEqualTo("b");
        assertThat(driver.pool.pins().group(2)).isEqualTo("a");
        for (int i = 0; i < 4; i++) {
            assertThat(driver.ask().lease.secret()).isEqualTo("sk-two");
        }
    }

    @Test
    void another_key_may_have_the_name_that_one_had() {
        var driver = before();
        fail(driver, driver.ask().lease, FailureClass.RATE_LIMIT, Scope.GROUP);
        driver.pool.pins().remember(1, "a");
        driver.pool.configure(pool(NO_LIMITS, key("a", "a", "new"), key("b", "b", "old")), driver.now);
        for (int i = 0; i < 4; i++) {
            assertThat(driver.ask().lease.secret()).isEqualTo("sk-new");
        }
        assertThat(driver.pool.pins().group(1)).isEqualTo("b");
        driver.pool.configure(pool(NO_LIMITS, key("b", "b", "new")), driver.now);
        assertThat(driver.pool.pins().group(1)).as("of one that is gone").isNull();
        assertThat(driver.ask().lease.secret()).isEqualTo("sk-new");
    }

    @Test
    void the_same_key_under_two_names_is_one_account_under_whichever_is_left() {
        var driver = new PoolDriver(pool(NO_LIMITS, key("a", "a", "old"), key("b", "b", "old")));
        fail(driver, driver.ask().lease, FailureClass.RATE_LIMIT, Scope.GROUP);
        driver.pool.configure(pool(NO_LIMITS, key("b", "b", "old")), driver.now);
        assertThat(driver.ask().lease).isNull();
        driver.pool.configure(pool(NO_LIMITS, key("c", "c", "old"), key("b", "b", "old")), driver.now);
        assertThat(driver.ask().lease).isNull();
        assertThat(driver.view().keys())
                .extracting(PoolView.KeyView::quotaGroup)
                .containsOnly("b");
    }

    @Test
    void a_key_that_moves_to_an_account_with_a_name_of_its_own_has_the_limits_of_that() {
        var driver = before();
        fail(driver, driver.ask().lease, FailureClass.RATE_LIMIT, Scope.GROUP);
        driver.pool.configure(pool(NO_LIMITS, key("a", "acct", "old")), driver.now);
        assertThat(driver.ask().lease).isNotNull();
    }
}
