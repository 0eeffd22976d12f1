package dev.fairlead.operator.manifest;

import dev.fairlead.operator.manifest.yaml.FieldPath;
import dev.fairlead.operator.world.ObjectRef;
import dev.fairlead.operator.world.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gathers what there is to say about one object. Used once. */
final class ObjectFindings {
    /** Nobody reads more about one object. */
    private static final int MOST = 100;

    private final RawObject object;
    private final Optional<ObjectRef> ref;
    private final List<Finding> findings = new ArrayList<>();
    private boolean errors;
    private int more;

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
            add(Severity.ERROR, Source.of(object.file(), problem.position()), "", problem.message());
        }
    }

    private void add(Severity severity, FieldPath path, String message) {
        var source = Source.of(object.file(), object.place().nearest(path).position());
        add(severity, source, path.toString(), message);
    }

    private void add(Severity severity, Source source, String path, String message) {
        errors |= severity == Severity.ERROR;
        if (findings.size() < MOST) {
            findings.add(new Finding(severity, source, ref, path, message));
        } else {
            more++;
        }
    }

    boolean hasErrors() {
        return errors;
    }

    List<Finding> all() {
        List<Finding> all = new ArrayList<>(findings);
        if (more > 0) {
            var source = Source.of(object.file(), object.place().position());
            all.add(new Finding(Severity.INFO, source, ref, "", more + " more findings are not shown"));
        }
        return all;
    }
}
