package dev.fairlead.operator.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.HashMap;
import java.util.List;

/**
 * The fields of an object that held a value of a type that this version does not know. They are noted in an annotation of the
 * object in memory, as a bean has no better place; the annotation is never written to a cluster, and one that was written there
 * by somebody counts for nothing.
 */
final class Unreadable {
    private static final String ANNOTATION = "fairlead.dev/unreadable-fields";
    private static final String BETWEEN = ",";

    private Unreadable() {}

    static void note(HasMetadata object, List<String> paths) {
        var metadata = object.getMetadata();
        var annotations = metadata.getAnnotations();
        if (paths.isEmpty() && (annotations == null || !annotations.containsKey(ANNOTATION))) {
            return;
        }
        var noted = annotations == null ? new HashMap<String, String>() : new HashMap<>(annotations);
        noted.remove(ANNOTATION);
        if (!paths.isEmpty()) {
            noted.put(ANNOTATION, String.join(BETWEEN, paths));
        }
        metadata.setAnnotations(noted);
    }

    /** JSON paths, in the order in which they were found; empty for an object that was read whole. */
    static List<String> in(HasMetadata object) {
        var annotations = object.getMetadata().getAnnotations();
        String noted = annotations == null ? null : annotations.get(ANNOTATION);
        return noted == null ? List.of() : List.of(noted.split(BETWEEN));
    }
}
