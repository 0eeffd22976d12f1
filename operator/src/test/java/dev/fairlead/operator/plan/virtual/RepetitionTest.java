package dev.fairlead.operator.plan.virtual;

import static dev.fairlead.operator.plan.virtual.ScriptedProvider.fails;
import static dev.fairlead.operator.plan.virtual.ScriptedProvider.limitedFor;
import static dev.fairlead.operator.plan.virtual.ScriptedProvider.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.config.FallbackConfig;
import dev.fairlead.sidecar.exchange.UpstreamFailure.Kind;
import dev.fairlead.sidecar.usage.Outcome;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How often a call is sent, and what each attempt costs of what bounds them. */
class RepetitionTest {
    private static final String SERVER_ERROR = "{\"error\":{\"message\":\"boom\",\"type\":\"server_error\"}}";
    private static final String BAD_KEY = "{\"error\":{\"code\":\"invalid_api_key\",\"message\":\"no\"}}";

    private final Scene scene = new Scene();

    private static FallbackConfig attempts(int max, long withinMs) {
        return new FallbackConfig(FallbackConfig.DEFAULT.on(), max, withinMs, false, 2_000);
    }

    private static String[] keys(int count) {
        return IntStream.range(0, count).mapToObj(i -> "k" + i).toArray(String[]::new);
    }

    @Test
    void what_was_rejected_unexecuted_costs_no_attempt() {
        scene.fallback(attempts(1, 20_000)).pool("main", keys(5)).pool("backup", "b");
        scene.provider("main")
                .then(limitedFor(60_000))
                .then(status(401, BAD_KEY))
                .then(limitedFor(60_000))
                .then(status(401, BAD_KEY))
                .then(fails(Kind.NOT_CONNECTED));
        var caller = scene.call();
        scene.play();
        assertThat(caller.status()).isEqualTo(200);
        assertThat(scene.record().target).isEqualTo("backup");
        assertThat(scene.record().attemptCount()).isEqualTo(6);
    }

    @Test
    void no_call_is_sent_more_than_sixteen_times() {
        scene.pool("main", keys(20));
        scene.provider("main").always(limitedFor(60_000));
        var caller = scene.call();
        scene.play();
        assertThat(scene.provider("main").requests).hasSize(16);
        assertThat(caller.status()).isEqualTo(429);
        assertThat(caller.body()).contains("16 attempts: 16 rate_limit");
    }

    @Test
    void each_key_is_tried_once() {
        scene.requestMs(10_000).pool("main", keys(5));
        scene.provider("main").always(limitedFor(60_000));
        scene.call();
        scene.play();
        assertThat(scene.provider("main").requests)
                .extracting(request -> request.credential())
                .doesNotHaveDuplicates()
                .hasSize(5);
    }

    @Test
    void what_may_have_been_executed_is_sent_no_more_often_than_the_route_says() {
        scene.fallback(attempts(3, 20_000)).pool("main", keys(8));
        scene.provider("main").always(status(500, SERVER_ERROR));
        var caller = scene.call();
        scene.play();
        assertThat(scene.provider("main").requests).hasSize(3);
        assertThat(caller.status()).isEqualTo(502);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"NO_ANSWER", "CUT", "GARBAGE"})
    void nobody_knows_what_a_cut_call_has_cost_so_it_is_sent_once(Kind kind) {
        scene.pool("main", keys(3));
        scene.provider("main").always(fails(kind));
        var caller = scene.call();
        scene.play();
        assertThat(scene.provider("main").requests).hasSize(1);
        assertThat(caller.status()).isEqualTo(502);
        assertThat(caller.answered("x-fairlead-error")).isNotNull();
    }

    @Test
    void retries_end_so_long_after_the_first_was_sent() {
        scene.fallback(attempts(9, 4_000)).pool("main", keys(9));
        scene.provider("main").always(answer -> answer.in(1_500, () -> answer.json(500, SERVER_ERROR)));
        scene.call();
        scene.play();
        assertThat(scene.provider("main").sentMs).containsExactly(0L, 1_500L, 3_000L);
    }

    @Test
    void waiting_for_a_key_is_no_part_of_that_time() {
        scene.fallback(attempts(9, 4_000)).pool("main", keys(3));
        scene.provider("main")
                .then(status(500, SERVER_ERROR))
                .then(limitedFor(10_000))
                .then(limitedFor(12_000))
                .then(status(500, SERVER_ERROR));
        var caller = scene.call();
        scene.play();
        assertThat(caller.status()).isEqualTo(200);
        assertThat(caller.endedMs()).isBetween(12_000L, 13_000L);
        assertThat(scene.record().attemptCount()).isEqualTo(5);
    }

    @Test
    void a_kept_connection_that_is_dead_costs_nothing_and_the_next_attempt_uses_a_new_one() {
        scene.fallback(attempts(1, 20_000)).pool("main", "a");
        for (int i = 0; i < 40; i++) {
            scene.provider("main").then(fails(Kind.STALE_CONNECTION)).then(ScriptedProvider.served(10));
            var caller = scene.call();
            scene.play();
            assertThat(caller.status()).isEqualTo(200);
            assertThat(scene.record().waitUs).as("no breaker has opened").isZero();
        }
        assertThat(scene.provider("main").requests)
                .extracting(request -> request.freshConnection())
                .containsSubsequence(false, true, false, true)
                .hasSize(80);
    }

    @Test
    void a_second_connection_that_dies_before_an_answer_is_a_failure() {
        scene.pool("main", "a", "b");
        scene.provider("main").then(fails(Kind.STALE_CONNECTION)).then(fails(Kind.NO_ANSWER));
        var caller = scene.call();
        scene.play();
        assertThat(caller.status()).isEqualTo(502);
        assertThat(scene.provider("main").requests).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void the_callers_own_fault_is_answered_in_the_providers_words_and_never_repeated(Fault fault) {
        scene.pool("main", "a", "b").pool("backup", "c");
        var words = "{\"error\":{\"message\":\"" + fault.message + "\",\"type\":\"invalid_request_error\"}}";
        scene.provider("main").always(status(fault.status, words));
        var caller = scene.call();
        scene.play();
        assertThat(caller.status()).isEqualTo(fault.status);
        assertThat(caller.body()).isEqualTo(words);
        assertThat(caller.answered("x-fairlead-error")).as("not ours").isNull();
        assertThat(caller.answered("x-should-retry")).isEqualTo("false");
        assertThat(scene.provider("main").requests).hasSize(1);
        assertThat(scene.provider("backup").requests).isEmpty();
    }

    private enum Fault {
        BAD(400, "Invalid value for 'temperature'"),
        CONFLICT(409, "conflict"),
        UNPROCESSABLE(422, "cannot be processed");

        private final int status;
        private final String message;

        Fault(int status, String message) {
            this.status = status;
            this.message = message;
        }
    }

    @Test
    void nothing_is_sent_for_a_client_that_has_gone() {
        scene.pool("main", "a", "b");
        scene.provider("main")
                .then(answer -> answer.in(1_000, () -> answer.json(500, SERVER_ERROR)))
                .then(limitedFor(5_000));
        var caller = new Caller(scene.loop, Map.of());
        var exchange = scene.open(caller, false);
        scene.loop.after(500, exchange::clientGone);
        scene.play();
        scene.play(60_000);
        assertThat(scene.provider("main").requests).hasSize(1);
        assertThat(scene.record().outcome).isEqualTo(Outcome.CANCELLED);
        assertThat(caller.beganMs()).isNegative();
    }

    @Test
    void nothing_is_sent_after_the_deadline() {
        scene.requestMs(2_000).pool("main", keys(9));
        scene.provider("main").always(answer -> answer.in(900, () -> answer.json(500, SERVER_ERROR)));
        var caller = scene.call();
        scene.play();
        scene.play(60_000);
        assertThat(scene.provider("main").sentMs).containsExactly(0L, 900L, 1_800L);
        assertThat(caller.status()).isEqualTo(504);
        assertThat(caller.endedMs()).isBetween(2_000L, 2_050L);
    }
}
