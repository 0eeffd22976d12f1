package dev.fairlead.operator.world;

/** How much a finding matters. */
public enum Severity {
    /** Something that was written down has no effect. */
    ERROR,
    /** It works, but probably not as it was meant. */
    WARNING,
    /** Worth knowing; nothing needs to change. */
    INFO
}
