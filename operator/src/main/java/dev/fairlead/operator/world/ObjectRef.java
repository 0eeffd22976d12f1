package dev.fairlead.operator.world;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Comparator;

/**
 * Which object.
 *
 * @param namespace empty for a kind without namespaces
 */
public record ObjectRef(String kind, String namespace, String name) implements Comparable<ObjectRef> {
    private static final Comparator<ObjectRef> ORDER = Comparator.comparing(ObjectRef::kind)
            .thenComparing(ObjectRef::namespace)
            .thenComparing(ObjectRef::name);

    /** The reference to an object of any kind. */
    public static ObjectRef of(HasMetadata object) {
        var metadata = object.getMetadata();
        String namespace = metadata.getNamespace();
        return new ObjectRef(object.getKind(), namespace == null ? "" : namespace, metadata.getName());
    }

    /** {@code namespace/name}, or the name alone where there is no namespace. */
    public String id() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }

    @Override
    public int compareTo(ObjectRef other) {
        return ORDER.compare(this, other);
    }

    /** As messages say it: {@code AIRoute team-a/chat}. */
    @Override
    public String toString() {
        return kind + " " + id();
    }
}
