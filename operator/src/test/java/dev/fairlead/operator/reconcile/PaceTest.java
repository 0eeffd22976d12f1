package dev.fairlead.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.operator.reconcile.Conditions.Verdict;
import dev.fairlead.operator.world.ConditionType;
import dev.fairlead.operator.world.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final List<Condition> GOOD = conditions(Verdict.yes(Reason.READY, "It works."));
    private static final List<Condition> OTHERWISE_GOOD = conditions(Verdict.yes(Reason.PROGRAMMED, "It works, too."));
    private static final List<Condition> BAD = conditions(Verdict.no(Reason.SECRET_NOT_FOUND, "It does not."));

    private final MutableClock clock = new MutableClock();
    private final Pace pace = new Pace(clock);

    @Test
    void theFirstWriteNeedNotWait() {
        assertThat(pace.pause("a", Pace.USUAL, GOOD, OTHERWISE_GOOD)).isZero();
    }

    @Test
    void theNextOneWaitsForTheRestOfFiveSecondsUnlessAStatusIsAnother() {
        pace.wrote("a");
        clock.advance(Duration.ofSeconds(2));
        assertThat(pace.pause("a", Pace.USUAL, GOOD, OTHERWISE_GOOD)).isEqualTo(Duration.ofSeconds(3));
        assertThat(pace.pause("a", Pace.USUAL, GOOD, BAD)).isZero();
        assertThat(pace.pause("b", Pace.USUAL, GOOD, OTHERWISE_GOOD)).isZero();
        clock.advance(Duration.ofSeconds(3));
        assertThat(pace.pause("a", Pace.USUAL, GOOD, OTHERWISE_GOOD)).isZero();
    }

    @Test
    void aKindMayHaveAPaceOfItsOwn() {
        pace.wrote("a");
        assertThat(pace.pause("a", Duration.ofSeconds(2), GOOD, OTHERWISE_GOOD)).isEqualTo(Duration.ofSeconds(2));
        clock.advance(Duration.ofSeconds(2));
        assertThat(pace.pause("a", Duration.ofSeconds(2), GOOD, OTHERWISE_GOOD)).isZero();
    }

    private static List<Condition> conditions(Verdict verdict) {
        return new Conditions(new MutableClock(), 1, List.of())
                .set(ConditionType.READY, verdict)
                .list();
    }
}
