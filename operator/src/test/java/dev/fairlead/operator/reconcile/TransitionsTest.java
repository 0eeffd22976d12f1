package dev.fairlead.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.operator.reconcile.Conditions.Verdict;
import dev.fairlead.operator.reconcile.Transitions.News;
import dev.fairlead.operator.world.ConditionType;
import dev.fairlead.operator.world.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TransitionsTest {
    private static final Verdict GOOD = Verdict.yes(Reason.READY, "It works.");
    private static final Verdict BAD = Verdict.no(Reason.SECRET_NOT_FOUND, "It is gone.");
    private static final Verdict UNDECIDED = Verdict.unknown(Reason.DISTRIBUTING, "Wait.");

    @Test
    void aNewObjectThatWorksSaysSoOnce() {
        assertThat(Transitions.between(
                        List.of(),
                        conditions(Map.of(
                                ConditionType.ACCEPTED, Verdict.yes(Reason.ACCEPTED, "Fine."),
                                ConditionType.PROGRAMMED, Verdict.yes(Reason.NO_SIDECARS, "Nobody."),
                                ConditionType.CONFLICTED, Verdict.no(Reason.NO_CONFLICT, "None."),
                                ConditionType.STALLED, Verdict.no(Reason.NOT_STALLED, "No."),
                                ConditionType.READY, GOOD))))
                .containsExactly(new News("Normal", "Ready", "It works."));
    }

    @Test
    void aProblemThatSeveralConditionsTellIsSaidOnce() {
        assertThat(Transitions.between(
                        conditions(Map.of(ConditionType.RESOLVED_REFS, GOOD, ConditionType.READY, GOOD)),
                        conditions(Map.of(ConditionType.RESOLVED_REFS, BAD, ConditionType.READY, BAD))))
                .containsExactly(new News("Warning", "SecretNotFound", "It is gone."));
    }

    @Test
    void whatIsMendedIsSaid() {
        assertThat(Transitions.between(
                        conditions(Map.of(ConditionType.RESOLVED_REFS, BAD, ConditionType.READY, BAD)),
                        conditions(Map.of(
                                ConditionType.RESOLVED_REFS,
                                Verdict.yes(Reason.RESOLVED_REFS, "All there."),
                                ConditionType.READY,
                                GOOD))))
                .containsExactlyInAnyOrder(
                        new News("Normal", "ResolvedRefs", "All there."), new News("Normal", "Ready", "It works."));
    }

    @Test
    void whatIsUnderWayIsNoNewsButAnotherReasonOfTheSameStatusIs() {
        assertThat(Transitions.between(
                        conditions(Map.of(ConditionType.READY, GOOD)),
                        conditions(Map.of(ConditionType.READY, UNDECIDED))))
                .isEmpty();
        assertThat(Transitions.between(
                        conditions(Map.of(ConditionType.READY, BAD)),
                        conditions(Map.of(ConditionType.READY, Verdict.no(Reason.SECRET_INVALID, "It is no key.")))))
                .containsExactly(new News("Warning", "SecretInvalid", "It is no key."));
        assertThat(Transitions.between(
                        conditions(Map.of(ConditionType.READY, BAD)), conditions(Map.of(ConditionType.READY, BAD))))
                .isEmpty();
    }

    @Test
    void aConflictIsAProblemAndAnOpenDecisionIsNone() {
        assertThat(Transitions.between(
                        List.of(),
                        conditions(Map.of(
                                ConditionType.CONFLICTED, Verdict.yes(Reason.MODEL_TAKEN, "Another has it."),
                                ConditionType.APPROVED, Verdict.no(Reason.PENDING_APPROVAL, "It waits.")))))
                .containsExactlyInAnyOrder(
                        new News("Warning", "ModelTaken", "Another has it."),
                        new News("Normal", "PendingApproval", "It waits."));
    }

    private static List<Condition> conditions(Map<ConditionType, Verdict> verdicts) {
        var conditions = new Conditions(new MutableClock(), 1, List.of());
        verdicts.forEach(conditions::set);
        return conditions.list();
    }
}
