/**
 * What processes that use the same accounts tell each other: the contract of {@code POST /v1/fleet}, and how a process speaks it.
 *
 * <p>A limit of an account is divided into shares; a process uses no more than its share of what is left in the window, so all
 * together never exceed the limit. Whoever divides (the operator's leader, or a script in Redis) is asked with a
 * {@link dev.fairlead.sidecar.fleet.PoolReport} and answers with a {@link dev.fairlead.sidecar.fleet.PoolAnswer}. When nobody
 * answers, the last shares hold. All times are milliseconds from the moment of writing: clocks need not agree.
 */
package dev.fairlead.sidecar.fleet;
