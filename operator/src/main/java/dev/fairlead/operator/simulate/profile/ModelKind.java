package dev.fairlead.operator.simulate.profile;

/** What a model can be asked for. */
public enum ModelKind {
    Chat,
    Embedding,
    /** Both; the kind of the model {@code *}. */
    Any
}
