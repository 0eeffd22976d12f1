package dev.fairlead.operator.world;

import java.util.Comparator;

/**
 * A finding about one object.
 *
 * @param object whose finding it is: the one that has to change
 * @param path the field, for example {@code spec.models[0].targets[1].keyPoolRef}; empty for the object as a whole
 * @param message what was got and what would be right; reads on after the path
 */
public record Diagnostic(
        ObjectRef object, Severity severity, ConditionType type, Reason reason, String path, String message)
        implements Comparable<Diagnostic> {

    private static final Comparator<Diagnostic> ORDER = Comparator.comparing(Diagnostic::object)
            .thenComparing(Diagnostic::severity)
            .thenComparing(Diagnostic::path)
            .thenComparing(Diagnostic::reason)
            .thenComparing(Diagnostic::message);

    @Override
    public int compareTo(Diagnostic other) {
        return ORDER.compare(this, other);
    }

    /** The whole sentence: {@code AIRoute team-a/chat: spec.models[0] ...}. */
    public String text() {
        return object + ": " + (path.isEmpty() ? "" : path + " ") + message;
    }
}
