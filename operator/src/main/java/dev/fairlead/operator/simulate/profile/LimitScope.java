package dev.fairlead.operator.simulate.profile;

/** Whose calls share one set of limits. */
public enum LimitScope {
    /** All calls of the account. */
    Account,
    /** Each model of the account for itself, as OpenAI does. */
    Model
}
