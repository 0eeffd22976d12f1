package dev.fairlead.operator.plan.provider;

/**
 * Why a provider turns a call away.
 *
 * @param requested what the call would have taken
 * @param waitMs until it would fit; {@link Long#MAX_VALUE} for never, -1 for nobody knows
 */
record Denied(LimitKind kind, long limit, long requested, long waitMs) {}
