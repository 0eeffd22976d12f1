/**
 * From the latest rollout to what people read: {@code status} of the four kinds, and Events where it changes.
 *
 * <p>{@link dev.fairlead.operator.reconcile.Reconcilers} has one reconciler for each kind, on threads of its own. What a
 * status says is decided by pure functions of the object as it was compiled, its findings, what the sidecars have
 * acknowledged, the status before and the time. Nothing is ever written but {@code status} and Events, and only by the
 * leader; there are no finalizers. {@link dev.fairlead.operator.reconcile.Events} may be used by anyone.
 */
package dev.fairlead.operator.reconcile;
