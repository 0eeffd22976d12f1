package dev.fairlead.sidecar.pool.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.config.CoordinationConfig.Mode;
import dev.fairlead.sidecar.config.KeyConfig;
import dev.fairlead.sidecar.config.QuotaLimits;
import dev.fairlead.sidecar.fleet.MeterReading;
import dev.fairlead.sidecar.fleet.MeterShare;
import dev.fairlead.sidecar.pool.Demand;
import dev.fairlead.sidecar.pool.Spent;
import dev.fairlead.sidecar.provider.AdmissionRule;
import dev.fairlead.sidecar.provider.AdmissionRule.Charge;
import dev.fairlead.sidecar.provider.AdmissionRule.Refill;
import java.util.List;
import org.junit.jupiter.api.Test;

class GateTest {
    private static final Demand CALL = Demand.ONE_CALL;
    private static final long NEVER = Long.MAX_VALUE;

    private final Quotas quotas = new Quotas();
    private final Gate gate = quotas.account("acct", "gpt-4o");

    @Test
    void without_limits_everything_passes_and_nothing_is_known() {
        assertThat(gate.opensAt(CALL, 5)).isEqualTo(5);
        assertThat(gate.headroom(5)).isEqualTo(1);
        assertThat(gate.known()).isFalse();
        assertThat(gate.bindingLimit(CALL, 5)).isNull();
        assertThat(gate.callsUntil(CALL, 60_000, 0)).isEqualTo(Gate.UNLIMITED_CALLS);
        assertThat(quotas.readings(5)).isEmpty();
    }

    @Test
    void the_limit_that_lets_a_call_pass_last_is_named() {
        use(new QuotaLimits(List.of("gpt-4o*"), 2L, null, null, null, 10_000L, null, null, null));
        reserve(new Demand(3_000, 0), 0);
        assertThat(gate.bindingLimit(new Demand(8_000, 0), 0)).isEqualTo("acct/gpt-4o*/tokensPerMinute");
        reserve(CALL, 10_000);
        assertThat(gate.bindingLimit(CALL, 10_000)).isEqualTo("acct/gpt-4o*/requestsPerMinute");
        assertThat(gate.bindingLimit(CALL, 70_000)).isNull();
    }

    @Test
    void models_of_one_class_share_its_limits_and_others_do_not() {
        use(new QuotaLimits(List.of("gpt-4o*", "*-mini"), 1L, null, null, null, null, null, null, null));
        reserve(CALL, 0);
        assertThat(quotas.account("acct", "gpt-4o-2024").opensAt(CALL, 0)).isGreaterThan(0);
        assertThat(quotas.account("acct", "o3-mini").opensAt(CALL, 0)).isGreaterThan(0);
        assertThat(quotas.account("acct", "o3").opensAt(CALL, 0)).isZero();
        assertThat(quotas.account("other", "gpt-4o").opensAt(CALL, 0)).isZero();
    }

    @Test
    void a_call_counts_in_every_class_that_its_model_belongs_to_and_once_in_each() {
        var everyModel = Pools.rpm(3);
        use(everyModel, everyModel, new QuotaLimits(List.of("gpt-4o"), 2L, null, null, null, null, null, null, null));
        reserve(CALL, 0);
        assertThat(gate.opensAt(CALL, 0)).isZero();
        reserve(CALL, 0);
        assertThat(gate.opensAt(CALL, 0)).isGreaterThan(0);
        assertThat(quotas.account("acct", "o3").opensAt(CALL, 0)).isZero();
    }

    @Test
    void a_burst_passes_at_once_and_the_rest_at_the_pace_of_the_minute() {
        use(Pools.rpm(60, 5));
        for (int i = 0; i < 5; i++) {
            assertThat(gate.opensAt(CALL, 0)).isZero();
            reserve(CALL, 0);
        }
        assertThat(gate.opensAt(CALL, 0))
                .as("what the way may differ by is kept back once")
                .isEqualTo(1_250);
        assertThat(gate.callsUntil(CALL, 10_250, 0)).isEqualTo(10);
        reserve(CALL, 1_250);
        assertThat(gate.opensAt(CALL, 1_250)).isEqualTo(2_250);
    }

    @Test
    void a_provider_that_enforces_a_minute_in_shorter_windows_has_such_a_burst_unless_the_pool_says_otherwise() {
        var rule = new AdmissionRule(Charge.EXPECTED, false, 0, true, true, 10_000, Refill.CONTINUOUS);
        var inWindows = new Quotas(rule);
        inWindows.configure(Pools.limited(Pools.rpm(60)), 0);
        var ten = inWindows.account("acct", "m");
        for (int i = 0; i < 10; i++) {
            ten.reserve(CALL, 0);
        }
        assertThat(ten.opensAt(CALL, 0)).isEqualTo(1_250);
        inWindows.configure(Pools.limited(Pools.rpm(60, 60)), 0);
        assertThat(ten.opensAt(CALL, 60_500)).isEqualTo(60_500);
    }

    @Test
    void what_can_never_fit_opens_never_and_what_may_have_been_overestimated_gets_the_whole() {
        use(Pools.tpm(1_000));
        assertThat(gate.opensAt(new Demand(2_000, 0), 0)).isEqualTo(NEVER);
        assertThat(gate.opensAt(new Demand(1_100, 0), 0)).isZero();
        assertThat(gate.opensAt(new Demand(100, 5_000), 0))
                .as("this provider is not known to refuse it")
                .isZero();
        var strict = new Quotas(new AdmissionRule(Charge.LARGER_OF_BOTH, true, 0, true, false, 0, Refill.CONTINUOUS));
        strict.configure(Pools.limited(Pools.tpm(1_000)), 0);
        assertThat(strict.account("acct", "m").opensAt(new Demand(100, 5_000), 0))
                .isEqualTo(NEVER);
        assertThat(strict.account("acct", "m").opensAt(new Demand(100, 900), 0)).isZero();
    }

    @Test
    void what_was_reserved_too_much_returns_when_the_real_usage_is_known() {
        use(Pools.tpm(1_000));
        var hold = reserve(new Demand(300, 500), 0);
        assertThat(gate.headroom(0)).isEqualTo(0.2);
        gate.settle(hold, new Spent.Tokens(300, 0, 100), true, 1_000);
        assertThat(gate.headroom(1_000)).isEqualTo(0.6);
        gate.settle(hold, Spent.NOTHING, false, 1_000);
        assertThat(gate.headroom(1_000)).as("a second time does nothing").isEqualTo(0.6);
    }

    @Test
    void a_charge_that_the_provider_does_not_give_back_stands_unless_the_call_was_never_executed() {
        var openAi = new Quotas(new AdmissionRule(Charge.LARGER_OF_BOTH, true, 0, true, false, 0, Refill.CONTINUOUS));
        openAi.configure(Pools.limited(Pools.tpm(1_000)), 0);
        var account = openAi.account("acct", "m");
        var first = account.reserve(new Demand(100, 400), 0);
        assertThat(account.headroom(0)).as("the larger of both").isEqualTo(0.6);
        account.settle(first, new Spent.Tokens(100, 0, 10), true, 10);
        assertThat(account.headroom(10)).isEqualTo(0.6);
        account.settle(account.reserve(new Demand(100, 400), 10), Spent.NOTHING, true, 10);
        assertThat(account.headroom(10)).isEqualTo(0.6);
    }

    @Test
    void input_from_a_cache_counts_only_where_the_provider_counts_it() {
        var anthropic = new Quotas(new AdmissionRule(Charge.EXPECTED, false, 0, false, true, 0, Refill.CONTINUOUS));
        var limits = new QuotaLimits(List.of(), null, null, 1_000L, null, null, null, null, null);
        anthropic.configure(Pools.limited(limits), 0);
        var account = anthropic.account("acct", "m");
        account.settle(account.reserve(new Demand(1_000, 0), 0), new Spent.Tokens(1_000, 900, 5), true, 0);
        assertThat(account.headroom(0)).isEqualTo(0.9);
    }

    @Test
    void a_day_is_counted_beside_the_minute() {
        use(new QuotaLimits(List.of(), 10L, 15L, null, null, null, null, null, null));
        for (int i = 0; i < 15; i++) {
            long now = i * 7_000L;
            assertThat(gate.opensAt(CALL, now)).isEqualTo(now);
            reserve(CALL, now);
        }
        assertThat(gate.bindingLimit(CALL, 105_000)).isEqualTo("acct/*/requestsPerDay");
        assertThat(gate.opensAt(CALL, 105_000)).isBetween(86_400_000L, 87_400_000L);
        assertThat(gate.opensAt(CALL, 87_400_000L)).isEqualTo(87_400_000L);
    }

    @Test
    void a_day_that_runs_out_at_the_pace_of_the_last_minute_says_when() {
        use(new QuotaLimits(List.of(), null, 600L, null, null, null, null, null, null));
        for (int i = 0; i < 60; i++) {
            reserve(CALL, i * 1_000L);
        }
        assertThat(gate.exhaustedAt(60_000)).isBetween(570_000L, 660_000L);
        assertThat(gate.exhaustedAt(300_000)).as("nobody calls any more").isEqualTo(NEVER);
    }

    @Test
    void a_full_account_opens_when_one_of_its_calls_ends() {
        use(Pools.atOnce(2));
        var first = reserve(CALL, 0);
        reserve(CALL, 0);
        assertThat(gate.opensAt(CALL, 100)).isGreaterThan(100);
        gate.settle(first, Spent.UNKNOWN, true, 100);
        assertThat(gate.opensAt(CALL, 100)).isEqualTo(100);
    }

    @Test
    void the_place_of_a_call_that_was_cut_is_free_a_moment_later_and_that_of_one_that_ended_at_once() {
        use(Pools.atOnce(2));
        var cut = reserve(CALL, 0);
        var other = reserve(CALL, 0);
        gate.cut(cut);
        gate.settle(cut, Spent.UNKNOWN, true, 100);
        assertThat(gate.opensAt(CALL, 100)).isEqualTo(125);
        assertThat(gate.opensAt(CALL, 124)).isEqualTo(125);
        assertThat(gate.headroom(124)).isZero();
        assertThat(gate.opensAt(CALL, 125)).isEqualTo(125);
        assertThat(gate.headroom(125)).isEqualTo(0.5);
        gate.settle(other, Spent.UNKNOWN, true, 125);
        assertThat(gate.headroom(125)).isEqualTo(1);
    }

    @Test
    void calls_that_are_on_their_way_count_in_a_limit_of_calls_at_once_that_has_just_appeared() {
        var first = reserve(CALL, 0);
        var second = reserve(CALL, 0);
        use(Pools.atOnce(2));
        var other = quotas.account("acct", "o3");
        assertThat(other.opensAt(CALL, 10)).as("of whichever model").isGreaterThan(10);
        assertThat(gate.headroom(10)).isZero();
        gate.settle(first, Spent.UNKNOWN, true, 20);
        assertThat(other.opensAt(CALL, 20)).isEqualTo(20);
        use(Pools.atOnce(2), Pools.rpm(60));
        assertThat(gate.headroom(20)).as("and once only").isEqualTo(0.5);
        use();
        use(Pools.atOnce(2));
        assertThat(gate.headroom(20)).isEqualTo(0.5);
        gate.settle(second, Spent.UNKNOWN, true, 30);
        assertThat(gate.headroom(30)).isEqualTo(1);
    }

    @Test
    void accounts_and_keys_that_are_gone_are_forgotten_when_their_last_call_has_ended() {
        var held = quotas.account(configured(0).group(), "m").reserve(CALL, 0);
        for (int i = 1; i < 1_000; i++) {
            var key = configured(i);
            for (var of : List.of(quotas.account(key.group(), "m"), quotas.key(key, "m"))) {
                of.settle(of.reserve(CALL, i), Spent.UNKNOWN, true, i);
            }
            // This one and its key, acct, and of those before only account-0, with its call.
            assertThat(quotas.owners()).isEqualTo(4);
        }
        quotas.account("account-0", "m").settle(held, Spent.UNKNOWN, true, 1_000);
        configured(1_000);
        assertThat(quotas.owners())
                .as("acct and the key; an account without limits has books when it is called")
                .isEqualTo(2);
    }

    private KeyConfig configured(int i) {
        var key = new KeyConfig("k", "account-" + i, 1, "fp-" + i, "secret", 0, List.of(), Pools.rpm(9), null);
        quotas.configure(Pools.pool(Mode.LOCAL, List.of(key)), i);
        return key;
    }

    @Test
    void a_key_has_limits_beside_its_account_and_without_any_it_is_open() {
        var key = Pools.key(Pools.rpm(1));
        quotas.configure(Pools.pool(Mode.LOCAL, List.of(key), Pools.rpm(5)), 0);
        var ofKey = quotas.key(key, "gpt-4o");
        ofKey.reserve(CALL, 0);
        assertThat(ofKey.opensAt(CALL, 0)).isGreaterThan(0);
        assertThat(quotas.key(key, "o3").opensAt(CALL, 0))
                .as("for all its models together")
                .isGreaterThan(0);
        assertThat(ofKey.bindingLimit(CALL, 0)).isEqualTo("acct/key 0123456789ab/requestsPerMinute");
        assertThat(quotas.key(Pools.key(null), "gpt-4o")).isNotNull();
        assertThat(new Quotas().key(key, "gpt-4o")).isSameAs(OpenGate.OPEN);
    }

    @Test
    void a_changed_limit_keeps_what_it_has_counted_and_one_that_is_gone_counts_no_more() {
        use(Pools.rpm(2));
        reserve(CALL, 0);
        use(Pools.rpm(1));
        assertThat(gate.opensAt(CALL, 0)).isGreaterThan(0);
        use(Pools.rpm(2), Pools.tpm(500));
        assertThat(gate.opensAt(CALL, 0)).isZero();
        var hold = reserve(CALL, 0);
        use();
        assertThat(gate.opensAt(CALL, 0)).isZero();
        gate.settle(hold, new Spent.Tokens(1, 0, 1), true, 0);
        assertThat(gate.known()).isFalse();
    }

    @Test
    void another_order_of_its_models_makes_no_other_limit() {
        use(ofModels(2, "o3", "gpt-4o"));
        reserve(CALL, 0);
        use(ofModels(2, "gpt-4o", "o3", "gpt-4o"));
        assertThat(gate.headroom(0)).isEqualTo(0.5);
        assertThat(SharedLimit.of(Pools.limited(ofModels(2, "o3", "gpt-4o"))))
                .containsExactlyElementsOf(SharedLimit.of(Pools.limited(ofModels(2, "gpt-4o", "o3"))));
    }

    @Test
    void a_limit_whose_models_have_changed_goes_on_from_what_it_has_counted() {
        use(ofModels(2, "gpt-4o", "o3"), ofModels(7, "other"));
        var hold = reserve(CALL, 0);
        reserve(CALL, 0);
        use(ofModels(4, "gpt-4o", "gpt-5"), ofModels(7, "other"));
        assertThat(gate.headroom(0)).isEqualTo(0.5);
        gate.settle(hold, Spent.NOTHING, false, 0);
        assertThat(gate.headroom(0)).as("and what it holds comes back to it").isEqualTo(0.75);
        assertThat(quotas.account("acct", "gpt-5").headroom(0)).isEqualTo(0.75);
        assertThat(quotas.account("acct", "o3").known()).isFalse();
        use(Pools.rpm(4));
        assertThat(gate.headroom(0)).as("for every model").isEqualTo(0.75);
        use(ofModels(4, "gpt-4o"), ofModels(4, "o3"));
        assertThat(gate.headroom(0)).isEqualTo(0.75);
        assertThat(quotas.account("acct", "o3").headroom(0))
                .as("one of two goes on")
                .isEqualTo(1);
    }

    @Test
    void a_limit_of_other_models_counts_anew_and_one_that_is_shared_waits_for_its_share() {
        use(ofModels(1, "gpt-4o"));
        reserve(CALL, 0);
        use(ofModels(1, "o3"));
        assertThat(quotas.account("acct", "o3").headroom(0)).isEqualTo(1);

        quotas.configure(Pools.shared(ofModels(9, "o3")), 0);
        quotas.share(new MeterShare("acct/o3/requestsPerMinute", 9), 0);
        var o3 = quotas.account("acct", "o3");
        o3.reserve(CALL, 0);
        quotas.configure(Pools.shared(ofModels(9, "o3", "o4")), 0);
        assertThat(o3.opensAt(CALL, 0)).isEqualTo(1_000);
        assertThat(quotas.readings(0))
                .containsExactly(new MeterReading("acct/o3,o4/requestsPerMinute", 9, 0, 1, 1, 0, 1));
    }

    private static QuotaLimits ofModels(long requestsPerMinute, String... models) {
        return new QuotaLimits(List.of(models), requestsPerMinute, null, null, null, null, null, null, null);
    }

    @Test
    void a_limit_of_nothing_or_less_is_taken_for_one_and_divides_nothing() {
        use(new QuotaLimits(List.of(), 0L, -5L, 0L, 0L, 0L, -1L, 0L, -3L));
        assertThat(gate.headroom(0)).isEqualTo(1);
        reserve(new Demand(-7, -9), 0);
        assertThat(gate.headroom(0)).isBetween(0.0, 1.0);
        assertThat(gate.exhaustedAt(0)).isNotNegative();
        assertThat(gate.callsUntil(CALL, 3_600_000, 0)).isNotNegative();
    }

    @Test
    void calls_until_a_time_count_what_is_free_and_what_leaves_the_window_and_never_shrink() {
        use(Pools.rpm(60));
        for (int i = 0; i < 60; i++) {
            reserve(CALL, i * 500L);
        }
        int before = 0;
        for (long at = 30_000; at < 200_000; at += 1_000) {
            int calls = gate.callsUntil(CALL, at, 30_000);
            assertThat(calls).isGreaterThanOrEqualTo(before);
            before = calls;
        }
        assertThat(gate.callsUntil(CALL, 30_000, 30_000)).isZero();
        assertThat(gate.callsUntil(CALL, 75_000, 30_000)).isBetween(25, 32);
    }

    @Test
    void who_was_without_a_limit_for_a_while_says_that_it_counts_anew() {
        quotas.configure(Pools.shared(Pools.rpm(60)), 10);
        quotas.configure(Pools.shared(Pools.rpm(90)), 20);
        assertThat(quotas.readings(30)).extracting(MeterReading::since).containsExactly(10L);
        quotas.configure(Pools.shared(), 40);
        quotas.configure(Pools.shared(Pools.rpm(90)), 50);
        assertThat(quotas.readings(60)).extracting(MeterReading::since).containsExactly(50L);
    }

    @Test
    void a_share_comes_into_force_at_once_and_a_smaller_one_too() {
        quotas.configure(Pools.shared(Pools.rpm(60)), 0);
        assertThat(gate.opensAt(CALL, 0)).isEqualTo(1_000);
        assertThat(gate.lacksShare(CALL, 0)).isTrue();
        quotas.share(new MeterShare("acct/*/requestsPerMinute", 2), 0);
        assertThat(gate.lacksShare(CALL, 0)).isFalse();
        reserve(CALL, 0);
        reserve(CALL, 0);
        assertThat(gate.opensAt(CALL, 0)).as("others may have some to spare").isEqualTo(1_000);
        assertThat(gate.lacksShare(CALL, 0)).isTrue();
        gate.wanted(5, 0, 0);
        assertThat(quotas.readings(0)).containsExactly(new MeterReading("acct/*/requestsPerMinute", 60, 2, 2, 5, 0, 1));
        quotas.share(new MeterShare("acct/*/requestsPerMinute", 2), 10);
        assertThat(gate.opensAt(CALL, 10)).as("they have not").isGreaterThan(60_000);
        quotas.share(new MeterShare("acct/*/requestsPerMinute", 60), 20);
        assertThat(gate.opensAt(CALL, 20)).isEqualTo(20);
        quotas.share(new MeterShare("acct/*/requestsPerMinute", 1), 30);
        assertThat(gate.opensAt(CALL, 30)).isGreaterThan(30);
        quotas.share(new MeterShare("no such limit", 1), 30);
    }

    @Test
    void a_share_that_has_grown_can_be_used_at_once_where_a_whole_minute_may_begin_at_once() {
        quotas.configure(Pools.shared(Pools.rpm(600, 600)), 0);
        var gate = quotas.account("acct", "m");
        quotas.share(new MeterShare("acct/*/requestsPerMinute", 10), 0);
        assertThat(begin(gate, 0)).isEqualTo(10);
        quotas.share(new MeterShare("acct/*/requestsPerMinute", 300), 100);
        assertThat(begin(gate, 100)).isEqualTo(290);
    }

    private static int begin(Gate gate, long at) {
        int begun = 0;
        for (; gate.opensAt(Demand.ONE_CALL, at) <= at; begun++) {
            gate.reserve(Demand.ONE_CALL, at);
        }
        return begun;
    }

    @Test
    void what_is_wanted_adds_up_over_models_and_goes_when_nobody_wants_it_any_more() {
        quotas.configure(Pools.shared(Pools.tpm(60_000)), 0);
        gate.wanted(2, 500, 100);
        quotas.account("acct", "o3").wanted(1, 50, 10);
        assertThat(quotas.readings(0).get(0).wanted()).isEqualTo(660);
        gate.settle(gate.reserve(new Demand(9, 9), 0), new Spent.Tokens(9_000, 0, 9), true, 0);
        gate.wanted(0, 0, 0);
        quotas.account("acct", "o3").wanted(0, 0, 0);
        assertThat(quotas.readings(0).get(0).wanted()).isZero();
    }

    @Test
    void everybody_who_divides_limits_calls_them_by_the_same_names() {
        var pool = Pools.pool(
                Mode.LEASED,
                List.of(Pools.key(Pools.rpm(3))),
                new QuotaLimits(List.of("a*", "b"), 60L, null, null, null, null, 1_000L, 4L, 9L),
                Pools.rpm(100),
                Pools.rpm(50));
        assertThat(SharedLimit.of(pool))
                .containsExactly(
                        new SharedLimit("acct/a*,b/requestsPerMinute", 60, 60_000),
                        new SharedLimit("acct/a*,b/tokensPerDay", 1_000, 86_400_000),
                        new SharedLimit("acct/a*,b/concurrency", 4, 0),
                        new SharedLimit("acct/*/requestsPerMinute", 50, 60_000),
                        new SharedLimit("acct/key 0123456789ab/requestsPerMinute", 3, 60_000));
        quotas.configure(pool, 0);
        assertThat(quotas.readings(0))
                .extracting(MeterReading::meter)
                .containsExactlyInAnyOrderElementsOf(
                        SharedLimit.of(pool).stream().map(SharedLimit::meter).toList());
    }

    @Test
    void names_of_models_that_clients_make_up_lose_no_count() {
        use(Pools.rpm(1));
        var made = quotas.account("acct", "made-up-0");
        for (int i = 1; i < 5_000; i++) {
            quotas.account("acct", "made-up-" + i);
        }
        made.reserve(CALL, 0);
        assertThat(quotas.account("acct", "made-up-0").opensAt(CALL, 0)).isGreaterThan(0);
        assertThat(quotas.account("acct", "made-up-1").opensAt(CALL, 0)).isGreaterThan(0);
        use(Pools.rpm(9));
        assertThat(made.opensAt(CALL, 0))
                .as("whoever kept it sees the new limit, too")
                .isZero();
    }

    @Test
    void a_call_that_leaves_late_counts_from_then_on_for_as_long_as_the_provider_counts_it() {
        use(new QuotaLimits(null, 2L, 3L, null, null, 1_000L, null, null, null));
        var late = reserve(new Demand(900, 0), 0);
        var prompt = reserve(CALL, 0);
        gate.sent(prompt, 0);
        gate.sent(late, 20_000);
        assertThat(gate.opensAt(CALL, 20_000))
                .as("the prompt one has left first")
                .isBetween(60_000L, 61_000L);
        assertThat(gate.opensAt(new Demand(900, 0), 61_500))
                .as("as its tokens say")
                .isBetween(80_000L, 81_000L);
        gate.settle(late, new Spent.Tokens(100, 0, 0), true, 62_000);
        assertThat(gate.opensAt(new Demand(900, 0), 62_000))
                .as("settled where it is now")
                .isEqualTo(62_000);
    }

    private void use(QuotaLimits... limits) {
        quotas.configure(Pools.limited(limits), 0);
    }

    private Hold reserve(Demand demand, long nowMs) {
        return gate.reserve(demand, nowMs);
    }
}
