package dev.fairlead.operator.manifest;

import dev.fairlead.operator.world.ObjectRef;
import dev.fairlead.operator.world.Severity;
import java.util.Optional;

/**
 * Something that a person should know about a manifest.
 *
 * @param severity an error: the object or the file is refused
 * @param source where
 * @param object which object, as far as it is known: its name may be empty
 * @param path which value of it, such as {@code spec.models[0].targets[1].keyPoolRef}; empty if it is about the whole
 * @param message what is wrong and, where it can be said, what to do; never a secret value
 */
public record Finding(Severity severity, Source source, Optional<ObjectRef> object, String path, String message) {
    /** {@code file:line kind ns/name path: message}, without what is not known. */
    @Override
    public String toString() {
        var text = new StringBuilder(source.toString());
        object.ifPresent(ref -> text.append(' ').append(ref.name().isEmpty() ? ref.kind() : ref.toString()));
        if (!path.isEmpty()) {
            text.append(' ').append(path);
        }
        return text.append(": ").append(message).toString();
    }
}
