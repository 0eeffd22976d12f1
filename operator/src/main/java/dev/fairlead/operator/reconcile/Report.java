package dev.fairlead.operator.reconcile;

import dev.fairlead.operator.rollout.Rollout;
import dev.fairlead.operator.world.ConditionType;
import dev.fairlead.operator.world.Diagnostic;
import dev.fairlead.operator.world.ObjectRef;
import dev.fairlead.operator.world.Reason;
import dev.fairlead.operator.world.Severity;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What a rollout says of one object.
 *
 * @param object as it was compiled, which is not always as it is now
 * @param generation of that object
 * @param all findings, each object's with the errors first
 * @param rollout which it is part of
 */
record Report<R extends HasMetadata>(R object, long generation, Map<ObjectRef, List<Diagnostic>> all, Rollout rollout) {
    /** What was found about the object: errors first, and of those the causes before what follows from them. */
    List<Diagnostic> findings() {
        return all.getOrDefault(ObjectRef.of(object), List.of()).stream()
                .sorted(Comparator.comparing(Diagnostic::severity).thenComparing(Report::follows))
                .toList();
    }

    private static boolean follows(Diagnostic finding) {
        return finding.reason() == Reason.NO_USABLE_TARGET || finding.reason() == Reason.NO_USABLE_KEY;
    }

    /** Whether anything was found about one type of another object's conditions. */
    boolean hasFinding(ObjectRef other, ConditionType type) {
        return all.getOrDefault(other, List.of()).stream().anyMatch(finding -> finding.type() == type);
    }

    /** What was found about one type, errors first. */
    List<Diagnostic> about(ConditionType type) {
        return findings().stream().filter(finding -> finding.type() == type).toList();
    }

    /** The errors about one type. */
    List<Diagnostic> errorsOf(ConditionType type) {
        return about(type).stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .toList();
    }

    /** Whether it is about this very object, and not about one of the same name that was deleted. */
    boolean isAbout(HasMetadata other) {
        String compiled = object.getMetadata().getUid();
        return compiled == null || compiled.equals(other.getMetadata().getUid());
    }
}
