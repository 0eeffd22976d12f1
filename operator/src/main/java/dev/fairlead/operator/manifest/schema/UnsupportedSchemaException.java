package dev.fairlead.operator.manifest.schema;

/** A CRD asks for something that is not applied here: a fault of the build, never of a user. */
final class UnsupportedSchemaException extends IllegalArgumentException {
    UnsupportedSchemaException(String message, Throwable cause) {
        super(message, cause);
    }
}
