package dev.fairlead.operator.world;

/** The condition that a finding belongs to. Part of the API: names do not change. */
public enum ConditionType {
    /** Whether the object is understood and takes effect. */
    ACCEPTED("Accepted"),
    /** Whether everything it names can be used. */
    RESOLVED_REFS("ResolvedRefs"),
    /** Whether the sidecars that it reaches have applied it. */
    PROGRAMMED("Programmed"),
    /** Whether it can be used; what {@code kubectl wait} and GitOps tools look at. */
    READY("Ready"),
    /** Whether nothing but a change by somebody makes it ready; true is bad. */
    STALLED("Stalled"),
    /** Whether a pool has a key to call with. */
    KEYS_AVAILABLE("KeysAvailable"),
    /** Whether every sidecar reaches the Redis that divides a pool's limits; of pools with one only. */
    LIMITS_SHARED("LimitsShared"),
    /** Whether the providers of a route's targets have their models, as far as sidecars have heard. */
    MODELS_OFFERED("ModelsOffered"),
    /** Whether a Subscription opens its route. */
    APPROVED("Approved"),
    /** Whether another object keeps this one from its full effect; true is bad. */
    CONFLICTED("Conflicted");

    private final String text;

    ConditionType(String text) {
        this.text = text;
    }

    /** The name in {@code status.conditions[].type}. */
    public String text() {
        return text;
    }
}
