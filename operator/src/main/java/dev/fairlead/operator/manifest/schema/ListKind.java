package dev.fairlead.operator.manifest.schema;

/** {@code x-kubernetes-list-type}: what makes an item of a list unique. */
public enum ListKind {
    /** Nothing. */
    ATOMIC,
    /** The item itself. */
    SET,
    /** Some of its fields, {@code x-kubernetes-list-map-keys}. */
    MAP
}
