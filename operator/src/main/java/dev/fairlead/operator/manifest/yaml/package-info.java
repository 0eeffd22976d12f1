/**
 * YAML and JSON text as {@code kubectl} reads it, with the line and column of every value. Only
 * {@code dev.fairlead.operator.manifest} and its sub-packages call it; pure, on any thread.
 *
 * <p>A cluster gets its objects through {@code sigs.k8s.io/yaml}, which is YAML 1.1 by go-yaml v2 turned into JSON. What that
 * means, and what this package does alike:
 * <ul>
 *   <li>unquoted {@code yes no on off y n} (and capitalised) are booleans, {@code ~} and nothing are null;
 *   <li>unquoted {@code 0x1F}, {@code 0b1}, {@code 0o17}, {@code 017} and {@code 1_000} are numbers, {@code 1:30} is text;
 *   <li>unquoted dates are text; a whole number written as {@code 1.0} or {@code 1e3} is an integer;
 *   <li>keys that are numbers or booleans become text ({@code on:} is the key {@code "true"});
 *   <li>merge keys ({@code <<}) and aliases work; unknown tags are ignored;
 *   <li>a line that begins with {@code ---} parts documents before anything is parsed, and may carry nothing but a comment.
 * </ul>
 * Stricter than {@code kubectl}, because each of these loses what somebody wrote: a key twice in one mapping, text after
 * {@code ...}, {@code !!binary}, and not-a-number or infinity are problems. An explicit key always beats a merged one.
 *
 * <p>Problems are values, and their words never repeat the text around them: it may be a key.
 */
package dev.fairlead.operator.manifest.yaml;
