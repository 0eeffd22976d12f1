package dev.fairlead.sidecar.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.sidecar.config.ErrorCode;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import org.junit.jupiter.api.Test;

class CallFactsTest {
    @Test
    void clearedFactsAreAsGoodAsNew() throws IllegalAccessException {
        CallFacts used = SampleCalls.failedOver();
        used.error = ErrorCode.UPSTREAM_ERROR;
        used.outcome = Outcome.FAILED;
        used.usage.estimate(1, 2);

        used.clear();

        CallFacts fresh = new CallFacts();
        assertThat(SampleCalls.describe(used)).isEqualTo(SampleCalls.describe(fresh));
        for (Field field : CallFacts.class.getFields()) {
            if (field.getType() != Usage.class && !Modifier.isStatic(field.getModifiers())) {
                assertThat(field.get(used)).as(field.getName()).isEqualTo(field.get(fresh));
            }
        }
    }

    @Test
    void aReusedAttemptRemembersNothing() {
        CallFacts facts = SampleCalls.failedOver().clear();

        Attempt attempt = facts.startAttempt();

        assertThat(facts.attemptCount()).isEqualTo(1);
        assertThat(attempt.target).isNull();
        assertThat(attempt.pool).isNull();
        assertThat(attempt.key).isNull();
        assertThat(attempt.status).isZero();
        assertThat(attempt.failureClass).isNull();
        assertThat(attempt.waitUs).isZero();
        assertThat(attempt.durationUs).isZero();
        assertThat(attempt.usage.present()).isFalse();
    }

    @Test
    void attemptsAreKeptInOrderHoweverManyThereAre() {
        CallFacts facts = new CallFacts();
        for (int status = 500; status < 520; status++) {
            facts.startAttempt().status = status;
        }

        assertThat(facts.attemptCount()).isEqualTo(20);
        for (int i = 0; i < 20; i++) {
            assertThat(facts.attempt(i).status).isEqualTo(500 + i);
        }
        assertThatThrownBy(() -> facts.attempt(20))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("20 of 20");
    }

    @Test
    void usageIsTheSumOverAttemptsThatCountedAny() {
        CallFacts facts = new CallFacts();
        facts.usage.estimate(9_999, 9_999);
        facts.startAttempt().usage.input(10, 1, 2, 3, 4).output(5, 6, 7);
        facts.startAttempt();
        facts.startAttempt().usage.estimate(100, 50);

        facts.sumUsage();

        assertThat(facts.usage.inputTokens()).isEqualTo(110);
        assertThat(facts.usage.outputTokens()).isEqualTo(55);
        assertThat(facts.usage.cacheReadTokens()).isEqualTo(1);
        assertThat(facts.usage.estimated()).isTrue();
    }

    @Test
    void usageStaysWhenNoAttemptCountedAny() {
        CallFacts facts = new CallFacts();
        facts.usage.input(7, 0, 0, 0, 0);
        facts.startAttempt();

        facts.sumUsage();

        assertThat(facts.usage.inputTokens()).isEqualTo(7);
    }
}
