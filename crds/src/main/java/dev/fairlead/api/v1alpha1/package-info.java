/**
 * The API of the group {@code fairlead.dev}, version v1alpha1: the four kinds as mutable beans for Jackson.
 *
 * <p>Anyone may use them; they hold what the YAML says and decide nothing. Defaults, bounds and rules live in the
 * generated CRDs alone and not in these classes: a bean that has not passed an API server (or an engine that applies the
 * same CRDs) has {@code null} where a default would stand. Lists are never {@code null} unless a getter says otherwise.
 * Beans are not thread-safe; do not change one that came out of a cache.
 */
package dev.fairlead.api.v1alpha1;
