package dev.fairlead.operator.reconcile;

import static dev.fairlead.operator.reconcile.Conditions.Verdict.no;
import static dev.fairlead.operator.reconcile.Conditions.Verdict.unknown;
import static dev.fairlead.operator.reconcile.Conditions.Verdict.yes;

import dev.fairlead.operator.reconcile.Conditions.Verdict;
import dev.fairlead.operator.rollout.AckSummary;
import dev.fairlead.operator.world.ConditionType;
import dev.fairlead.operator.world.Reason;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What every kind's status says in the same way. */
record Basics(Verdict accepted, Verdict resolvedRefs, Verdict programmed) {
    /** @param before the conditions as they stand in the object */
    static Basics of(Report<?> report, AckSummary acks, List<Condition> before) {
        var accepted = accepted(report);
        return new Basics(accepted, resolvedRefs(report), programmed(report, accepted, acks, before));
    }

    /** The same where references are looked at only in an object that is accepted itself. */
    Basics withReferencesOnlyIfAccepted() {
        return accepted.isTrue()
                ? this
                : new Basics(
                        accepted,
                        unknown(Reason.NOT_ACCEPTED, "What it names is not looked at while Accepted is False."),
                        programmed);
    }

    /**
     * @param others what else this kind depends on, in the order of weight; those that are not False are no hindrance
     * @param otherwise what is said when nothing hinders
     */
    Verdict ready(List<Verdict> others, Verdict otherwise) {
        return Stream.concat(Stream.of(accepted, resolvedRefs), others.stream())
                .filter(Verdict::isFalse)
                .findFirst()
                .map(hindrance -> no(hindrance.reason(), hindrance.message()))
                .orElseGet(() -> programmed.isTrue() ? otherwise : programmed);
    }

    /** Whether only a change by somebody helps: an object that is not accepted stays so. */
    Verdict stalled() {
        return accepted.isFalse() ? yes(accepted.reason(), accepted.message()) : notStalled();
    }

    static Verdict notStalled() {
        return no(Reason.NOT_STALLED, "It is ready, or can become so without being changed.");
    }

    /** True is bad. */
    static Verdict conflicted(Report<?> report) {
        var found = report.about(ConditionType.CONFLICTED);
        return found.isEmpty()
                ? no(Reason.NO_CONFLICT, "No other object claims the same.")
                : yes(found.get(0).reason(), Sentences.of(found));
    }

    private static Verdict accepted(Report<?> report) {
        return verdict(report, ConditionType.ACCEPTED, Reason.ACCEPTED, "The spec is understood and takes effect.");
    }

    private static Verdict resolvedRefs(Report<?> report) {
        return verdict(
                report,
                ConditionType.RESOLVED_REFS,
                Reason.RESOLVED_REFS,
                "Everything that it names exists and may be used.");
    }

    private static Verdict verdict(Report<?> report, ConditionType type, Reason good, String sentence) {
        var errors = report.errorsOf(type);
        if (!errors.isEmpty()) {
            return no(errors.get(0).reason(), Sentences.of(errors));
        }
        var hints = report.about(type);
        return yes(good, hints.isEmpty() ? sentence : sentence + " But: " + Sentences.of(hints));
    }

    private static Verdict programmed(Report<?> report, Verdict accepted, AckSummary acks, List<Condition> before) {
        if (!accepted.isTrue()) {
            return unknown(Reason.NOT_ACCEPTED, "What sidecars do with it is not looked at while Accepted is False.");
        }
        if (acks.rejected() > 0) {
            return no(
                    Reason.REJECTED_BY_SIDECAR,
                    column(acks) + " connected sidecars have applied it, " + acks.rejected() + " cannot use it: "
                            + acks.rejection().map(Basics::cause).orElse("no cause is given."));
        }
        if (acks.reached() == 0) {
            return yes(Reason.NO_SIDECARS, "No connected sidecar has to apply it.");
        }
        if (acks.acked() >= acks.reached() || appliedBefore(report, before)) {
            return yes(Reason.PROGRAMMED, "All connected sidecars that it reaches have applied it.");
        }
        return unknown(Reason.DISTRIBUTING, "Not all connected sidecars that it reaches have applied it yet.");
    }

    private static String cause(AckSummary.Rejection rejection) {
        return Sentences.ended((rejection.path() == null || rejection.path().isEmpty() ? "" : rejection.path() + " ")
                + rejection.message()
                + " (" + rejection.workload().name() + " in namespace '"
                + rejection.workload().namespace() + "')");
    }

    /** Sidecars as the column SIDECARS has them, such as {@code 11/12}. */
    static String column(AckSummary acks) {
        return acks.acked() + "/" + acks.reached();
    }

    /** What another object, or a new sidecar, changes about a configuration does not take back that this generation was applied. */
    private static boolean appliedBefore(Report<?> report, List<Condition> before) {
        Optional<Condition> last = Conditions.find(before, ConditionType.PROGRAMMED);
        return last.isPresent()
                && Reason.PROGRAMMED.text().equals(last.get().getReason())
                && Conditions.Status.TRUE.text().equals(last.get().getStatus())
                && Long.valueOf(report.generation()).equals(last.get().getObservedGeneration());
    }

    /** The conditions that every kind has. */
    Conditions into(Conditions conditions, Verdict ready, Verdict stalled) {
        return conditions
                .set(ConditionType.ACCEPTED, accepted)
                .set(ConditionType.RESOLVED_REFS, resolvedRefs)
                .set(ConditionType.PROGRAMMED, programmed)
                .set(ConditionType.READY, ready)
                .set(ConditionType.STALLED, stalled);
    }
}
