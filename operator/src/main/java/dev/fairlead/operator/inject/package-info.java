/**
 * Gives pods their sidecar when they are created: decides ({@link dev.fairlead.operator.inject.InjectionRules}, a pure function),
 * writes the edits as a JSON patch ({@link dev.fairlead.operator.inject.PodPatch}), answers the API server
 * ({@link dev.fairlead.operator.inject.InjectionWebhook}), and knows its own hand again
 * ({@link dev.fairlead.operator.inject.InjectedPodCheck}), so that only what injection writes is ever given keys.
 *
 * <p>Used by whoever wires the operator and by nobody else. Decisions and edits are pure and safe on every thread; the webhook
 * decides on Vert.x workers, never on an event loop.
 */
package dev.fairlead.operator.inject;
