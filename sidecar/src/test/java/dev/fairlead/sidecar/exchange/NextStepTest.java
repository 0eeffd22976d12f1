package dev.fairlead.sidecar.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.sidecar.config.FallbackConfig;
import dev.fairlead.sidecar.provider.FailureClass;
import dev.fairlead.sidecar.provider.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class NextStepTest {
    private static final FallbackConfig FALLBACK = new FallbackConfig(List.of(), 3, 20_000, false, 0);

    private final RetryBudget budget = new RetryBudget(FALLBACK, new RetryShare());

    private static Failure answered(FailureClass clazz) {
        return new Failure(Verdict.of(clazz, "test"), new ProviderAnswer(500, null, null, new byte[0]), null);
    }

    private NextStep after(Failure failure) {
        budget.sent(0, 0);
        return NextStep.after(failure, budget, 0);
    }

    @Test
    void rejections_cost_nothing_up_to_the_ceiling() {
        for (int i = 0; i < 15; i++) {
            assertThat(after(answered(FailureClass.RATE_LIMIT))).isEqualTo(NextStep.OTHER_KEY);
        }
        assertThat(after(answered(FailureClass.RATE_LIMIT))).isEqualTo(NextStep.GIVE_UP);
    }

    @Test
    void rejections_do_not_take_from_what_may_have_been_executed() {
        for (int i = 0; i < 10; i++) {
            after(answered(FailureClass.CREDENTIAL));
        }
        assertThat(after(answered(FailureClass.SERVER))).isEqualTo(NextStep.OTHER_GROUP);
        assertThat(after(answered(FailureClass.SERVER))).isEqualTo(NextStep.OTHER_GROUP);
        assertThat(after(answered(FailureClass.SERVER))).isEqualTo(NextStep.GIVE_UP);
    }

    @Test
    void an_unknown_error_is_the_answer_unless_the_call_had_been_taken() {
        assertThat(after(answered(FailureClass.UNKNOWN))).isEqualTo(NextStep.GIVE_UP);
        var inStream = new Failure(
                Verdict.of(FailureClass.UNKNOWN, "test"), new ProviderAnswer(502, null, null, new byte[0]), null, true);
        assertThat(after(inStream)).isEqualTo(NextStep.OTHER_GROUP);
    }

    @Test
    void an_address_that_cannot_be_reached_is_left_and_a_silence_is_not_repeated() {
        assertThat(after(without(UpstreamFailure.Kind.NOT_CONNECTED))).isEqualTo(NextStep.OTHER_ENDPOINT);
        assertThat(after(without(UpstreamFailure.Kind.NO_ANSWER))).isEqualTo(NextStep.GIVE_UP);
        assertThat(after(without(UpstreamFailure.Kind.FIRST_BYTE_TIMEOUT))).isEqualTo(NextStep.GIVE_UP);
    }

    @Test
    void time_spent_waiting_for_a_key_is_not_time_spent_on_retries() {
        budget.sent(0, 5_000);
        budget.sent(60_000, 45_000);
        assertThat(NextStep.after(answered(FailureClass.SERVER), budget, 62_000))
                .isEqualTo(NextStep.OTHER_GROUP);
        assertThat(NextStep.after(answered(FailureClass.SERVER), budget, 66_000))
                .isEqualTo(NextStep.GIVE_UP);
    }

    @Test
    void nobody_repeats_when_too_many_are_repeated_already() {
        var share = new RetryShare();
        while (share.take(0)) {
            // used up by others
        }
        var late = new RetryBudget(FALLBACK, share);
        late.sent(0, 0);
        assertThat(NextStep.after(answered(FailureClass.SERVER), late, 0)).isEqualTo(NextStep.GIVE_UP);
        assertThat(late.shareUsedUp()).isTrue();
    }

    private static Failure without(UpstreamFailure.Kind kind) {
        return new Failure(Verdict.of(FailureClass.TRANSPORT, "test"), null, new UpstreamFailure(kind, "test"));
    }
}
