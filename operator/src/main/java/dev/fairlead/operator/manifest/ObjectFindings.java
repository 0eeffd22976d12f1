package dev.fairlead.operator.manifest;

import dev.fairlead.operator.manifest.yaml.FieldPath;
import dev.fairlead.operator.world.ObjectRef;
import dev.fairlead.operator.world.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gathers what there is to say about one object. Used once. */
final class ObjectFindings {
    private final RawObject object;
    private final Optional<ObjectRef> ref;
    private final List<Finding> findings = new ArrayList<>();

    ObjectFindings(RawObject object, Optional<ObjectRef> ref) {
        this.object = object;
        this.ref = ref;
    }

    void error(FieldPath path, String message) {
        add(Severity.ERROR, path, message);
    }

    void warning(FieldPath path, String message) {
        add(Severity.WARNING, path, message);
    }

    void info(FieldPath path, String message) {
        add(Severity.INFO, path, message);
    }

    /** What the reader of the text found. */
    void problems() {
        for (var problem : object.problems()) {
            var source = Source.of(object.file(), problem.position());
            findings.add(new Finding(Severity.ERROR, source, ref, "", problem.message()));
        }
    }

    private void add(Severity severity, FieldPath path, String message) {
        var source = Source.of(object.file(), object.place().nearest(path).position());
        findings.add(new Finding(severity, source, ref, path.toString(), message));
    }

    boolean hasErrors() {
        return findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
    }

    List<Finding> all() {
        return findings;
    }
}
