package dev.fairlead.operator.manifest.yaml;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The way from an object to one of its values, written as Kubernetes writes it: {@code spec.models[0].targets[1].keyPoolRef}.
 * Immutable; a longer path shares its beginning.
 */
public final class FieldPath {
    /** The object itself; written as nothing. */
    public static final FieldPath ROOT = new FieldPath(null, null);

    private static final Pattern STEP = Pattern.compile("([^.\\[\\]]+)|\\[([^\\]]*)]");
    private static final Pattern INDEX = Pattern.compile("[0-9]{1,9}");

    private final FieldPath parent;
    private final Step step;

    private FieldPath(FieldPath parent, Step step) {
        this.parent = parent;
        this.step = step;
    }

    /** A path of plain fields, as in {@code of("metadata", "name")}. */
    public static FieldPath of(String... fields) {
        var path = ROOT;
        for (var field : fields) {
            path = path.field(field);
        }
        return path;
    }

    /**
     * Reads what {@link #toString} wrote. A field whose name has dots in it comes back as several fields, so that looking for it
     * ends at the nearest value above it.
     */
    public static FieldPath parse(String text) {
        var path = ROOT;
        var matcher = STEP.matcher(text);
        while (matcher.find()) {
            if (matcher.group(1) != null) {
                path = path.field(matcher.group(1));
            } else {
                String inside = matcher.group(2);
                path = INDEX.matcher(inside).matches() ? path.index(Integer.parseInt(inside)) : path.key(inside);
            }
        }
        return path;
    }

    /** A field of this object: {@code .name}. */
    public FieldPath field(String name) {
        return new FieldPath(this, new Step.Field(name));
    }

    /** An entry of this map: {@code [key]}. */
    public FieldPath key(String key) {
        return new FieldPath(this, new Step.Key(key));
    }

    /** An item of this list: {@code [0]}. */
    public FieldPath index(int index) {
        return new FieldPath(this, new Step.Index(index));
    }

    /** This path and then the other one. */
    public FieldPath then(FieldPath rest) {
        var path = this;
        for (var next : rest.steps()) {
            path = new FieldPath(path, next);
        }
        return path;
    }

    /** Whether this is the object itself. */
    public boolean isRoot() {
        return parent == null;
    }

    /** The path without its last step; nothing for the object itself. */
    public Optional<FieldPath> parent() {
        return Optional.ofNullable(parent);
    }

    /** From the object down. */
    public List<Step> steps() {
        Deque<Step> steps = new ArrayDeque<>();
        for (var path = this; path.parent != null; path = path.parent) {
            steps.addFirst(path.step);
        }
        return List.copyOf(steps);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FieldPath that && steps().equals(that.steps());
    }

    @Override
    public int hashCode() {
        return steps().hashCode();
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        for (var next : steps()) {
            if (next instanceof Step.Field field) {
                text.append(text.isEmpty() ? "" : ".").append(field.name());
            } else if (next instanceof Step.Key key) {
                text.append('[').append(key.key()).append(']');
            } else if (next instanceof Step.Index index) {
                text.append('[').append(index.index()).append(']');
            }
        }
        return text.toString();
    }

    /** One step down. */
    public sealed interface Step {
        /** Into a field of an object. */
        record Field(String name) implements Step {}

        /** Into an entry of a map. */
        record Key(String key) implements Step {}

        /** Into an item of a list. */
        record Index(int index) implements Step {}
    }
}
