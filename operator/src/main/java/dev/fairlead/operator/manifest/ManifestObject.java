package dev.fairlead.operator.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.operator.manifest.yaml.FieldPath;
import dev.fairlead.operator.manifest.yaml.Place;
import dev.fairlead.operator.world.ObjectRef;

/** An object that an API server would have taken, as it would store it. Immutable. */
public final class ManifestObject {
    private final ObjectRef ref;
    private final String file;
    private final Place place;
    private final ObjectNode body;

    ManifestObject(ObjectRef ref, String file, Place place, ObjectNode body) {
        this.ref = ref;
        this.file = file;
        this.place = place;
        this.body = body;
    }

    public ObjectRef ref() {
        return ref;
    }

    /** Where the object begins. */
    public Source source() {
        return Source.of(file, place.position());
    }

    /**
     * Where the value at {@code path} was written, or the nearest value above it that was (defaults are written nowhere).
     *
     * @param path such as {@code spec.keys[0].secretRef.key}
     */
    public Source source(String path) {
        return Source.of(file, place.nearest(FieldPath.parse(path)).position());
    }

    /** The whole object with its defaults and its namespace filled in and without status; a copy, the caller's to change. */
    public ObjectNode body() {
        return body.deepCopy();
    }

    /** Without the body: it may be a Secret's. */
    @Override
    public String toString() {
        return ref + " (" + source() + ")";
    }
}
