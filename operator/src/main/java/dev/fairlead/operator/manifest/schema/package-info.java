/**
 * The structural schemas of Kubernetes CRDs, applied as an API server applies them to an object that is created: unknown fields
 * (as {@code kubectl}'s default {@code --validate=Strict}), defaults from the top down, types and keywords, unique list keys.
 * Only {@code dev.fairlead.operator.manifest} and its sub-packages call it; pure, on any thread.
 *
 * <p>Messages use the API server's own words ({@code Required value}, {@code Invalid value: 0: spec.x in body should be greater
 * than or equal to 1}), so that what a person knows from {@code kubectl} holds here, and one expectation serves both in tests.
 *
 * <p>A schema with a keyword that is not understood here is refused when it is loaded: a constraint that is silently not
 * applied would be worse than none. The rules in {@code x-kubernetes-validations} belong to the package {@code rule}.
 */
package dev.fairlead.operator.manifest.schema;
