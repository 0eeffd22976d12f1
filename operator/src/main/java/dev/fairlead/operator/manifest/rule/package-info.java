/**
 * The rules in a CRD's {@code x-kubernetes-validations}, evaluated as an API server does when an object is created. Only
 * {@code dev.fairlead.operator.manifest} calls it. Rules are compiled once; evaluation is pure, on any thread.
 *
 * <p>What a rule may use: CEL's core and macros, optional values, and of Kubernetes' libraries {@code strings} (without
 * {@code format} and {@code quote}), {@code sets}, {@code lists}, {@code regex} and {@code url}. Anything else is refused when
 * the rule is compiled. Values are typed dynamically, so a misspelt field shows when the rule is evaluated; an API server finds
 * it when the CRD is created, and the CRDs are tested against one. Lists of type set and map compare in order here. Rules that
 * speak of {@code oldSelf} are about changes and hold for a new object, unless they take it as optional.
 */
package dev.fairlead.operator.manifest.rule;
