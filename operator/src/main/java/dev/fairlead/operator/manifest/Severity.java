package dev.fairlead.operator.manifest;

/** How much a {@link Finding} matters. */
public enum Severity {
    /** The object or file is refused. */
    ERROR,
    /** It is taken, and probably not what was meant. */
    WARNING,
    /** Good to know. */
    INFO
}
