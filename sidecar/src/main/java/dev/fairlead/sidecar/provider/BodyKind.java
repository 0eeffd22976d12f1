package dev.fairlead.sidecar.provider;

/** What an error body looks like. */
enum BodyKind {
    EMPTY,
    JSON,
    HTML,
    TEXT
}
