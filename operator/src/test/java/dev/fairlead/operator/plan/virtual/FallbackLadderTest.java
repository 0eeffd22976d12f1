package dev.fairlead.operator.plan.virtual;

import static dev.fairlead.operator.plan.virtual.ScriptedProvider.limitedFor;
import static dev.fairlead.operator.plan.virtual.ScriptedProvider.served;
import static dev.fairlead.operator.plan.virtual.ScriptedProvider.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.config.ErrorCode;
import dev.fairlead.sidecar.config.FallbackConfig;
import org.junit.jupiter.api.Test;

/** Where a call goes when its key cannot serve it, rung by rung, and how long it stays on each. */
class FallbackLadderTest {
    private static final String BAD_KEY = "{\"error\":{\"code\":\"invalid_api_key\",\"message\":\"no\"}}";
    private static final String OUT_OF_CREDIT = "{\"error\":{\"code\":\"insufficient_quota\",\"message\":\"no\"}}";
    /** Deadlines are watched to 50 ms. */
    private static final long TICK_MS = 50;

    private final Scene scene = new Scene();

    private static FallbackConfig patience(long ms) {
        return new FallbackConfig(FallbackConfig.DEFAULT.on(), 4, 20_000, false, ms);
    }

    @Test
    void first_another_account_of_the_pool_at_once() {
        scene.pool("main", "a", "b").pool("backup", "c");
        scene.provider("main").then(limitedFor(5_000));
        scene.call();
        scene.play();
        assertThat(scene.record().key).isEqualTo("b");
        assertThat(scene.record().waitUs).isZero();
        assertThat(scene.provider("backup").requests).isEmpty();
    }

    @Test
    void then_another_target_with_the_same_model_at_once_even_behind_one_with_another_model() {
        scene.pool("main", "a")
                .pool("other", "b")
                .sending("claude-sonnet-4-5")
                .pool("aggregator", "c")
                .sending("openai/gpt-4o");
        scene.provider("main").always(limitedFor(1_000));
        scene.call();
        scene.play();
        assertThat(scene.record().target).isEqualTo("aggregator");
        assertThat(scene.record().waitUs).isZero();
        assertThat(scene.provider("other").requests).isEmpty();
    }

    @Test
    void then_it_waits_for_the_model_itself_when_that_returns_within_the_patience() {
        scene.fallback(patience(2_000)).pool("main", "a").pool("other", "b").sending("claude-sonnet-4-5");
        scene.provider("main").then(limitedFor(1_500));
        scene.call();
        scene.play();
        assertThat(scene.record().target).isEqualTo("main");
        assertThat(scene.record().waitUs / 1_000).isBetween(1_500L, 2_000L);
        assertThat(scene.provider("other").requests).isEmpty();
    }

    @Test
    void then_a_target_with_another_model_at_once_when_the_model_itself_takes_longer() {
        scene.fallback(patience(2_000)).pool("main", "a").pool("other", "b").sending("claude-sonnet-4-5");
        scene.provider("main").then(limitedFor(2_500));
        scene.call();
        scene.play();
        assertThat(scene.record().target).isEqualTo("other");
        assertThat(scene.record().waitUs).isZero();
    }

    @Test
    void then_a_target_with_another_model_when_the_wait_turns_out_longer_than_the_patience() {
        scene.fallback(patience(2_000)).pool("main", 1L, "a").pool("other", "b").sending("claude-sonnet-4-5");
        for (int i = 0; i < 5; i++) {
            scene.call();
            scene.play();
        }
        scene.provider("main").then(served(25_000)); // Nobody could know: it has always taken 100 ms.
        scene.call();
        scene.play(10);
        var caller = scene.call();
        long begin = scene.loop.micros() / 1_000;
        scene.play(3_000);
        assertThat(scene.record().target).isEqualTo("other");
        assertThat(scene.record().waitUs / 1_000).isBetween(2_000L, 2_000 + TICK_MS);
        assertThat(caller.endedMs() - begin).isBetween(2_100L, 2_100 + TICK_MS);
    }

    @Test
    void then_it_waits_on_for_whichever_is_back_first() {
        scene.fallback(patience(2_000)).pool("main", "a").pool("other", "b").sending("claude-sonnet-4-5");
        scene.provider("main").then(limitedFor(9_000));
        scene.provider("other").then(limitedFor(6_000));
        scene.call();
        scene.play();
        assertThat(scene.record().target).isEqualTo("other");
        assertThat(scene.record().waitUs / 1_000).isBetween(6_000L, 7_000L);
        assertThat(scene.provider("main").requests).hasSize(1);
    }

    @Test
    void in_the_end_limits_are_a_429_at_once_that_counts_keys_by_cause_and_says_when_the_first_returns() {
        scene.requestMs(10_000).pool("main", "a", "b", "c").pool("other", "d").sending("claude-sonnet-4-5");
        scene.provider("main")
                .then(limitedFor(40_000))
                .then(status(401, BAD_KEY))
                .then(limitedFor(60_000));
        scene.provider("other").always(limitedFor(90_000));
        var caller = scene.call();
        scene.play();
        assertThat(caller.status()).isEqualTo(429);
        assertThat(caller.answered("x-fairlead-error")).isEqualTo("keys_exhausted");
        assertThat(caller.endedMs()).as("no wait in vain").isZero();
        assertThat(caller.body())
                .contains("pool 'team-a/main' (1 credential, 2 rate_limit)", "pool 'team-a/other' (1 rate_limit)")
                .containsPattern("the first returns in 4[0-4] s");
    }

    @Test
    void in_the_end_a_dead_pool_is_a_503_and_never_somebody_elses_401_or_400() {
        scene.pool("main", "a", "b").pool("other", "c").sending("claude-sonnet-4-5");
        scene.provider("main").then(status(401, BAD_KEY)).then(status(402, "{\"error\":{\"message\":\"pay\"}}"));
        scene.provider("other").always(status(401, BAD_KEY));
        var caller = scene.call();
        scene.play();
        assertThat(caller.status()).isEqualTo(503);
        assertThat(caller.answered("x-fairlead-error")).isEqualTo("keys_unusable");
        assertThat(caller.answered("x-should-retry")).isEqualTo("false");
        assertThat(caller.body()).contains("1 credential", "1 quota");
    }

    @Test
    void a_failure_that_may_pass_is_told_as_such_when_the_other_keys_are_refused() {
        scene.pool("main", "a", "b");
        scene.provider("main").then(status(429, OUT_OF_CREDIT)).then(status(500, "{\"error\":{\"message\":\"oops\"}}"));
        scene.call();
        scene.play();
        assertThat(scene.record().error).isEqualTo(ErrorCode.UPSTREAM_ERROR);
    }
}
