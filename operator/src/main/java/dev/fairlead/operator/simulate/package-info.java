/**
 * A provider that is not there: a server that behaves like OpenAI's API, counts what it saw, and goes wrong when asked.
 * For the quick start, for benchmarks, and as the other set of books that every test of the sidecar is compared with.
 *
 * <p>{@link dev.fairlead.operator.simulate.Simulator} embeds it, {@link
 * dev.fairlead.operator.simulate.SimulateCommand} runs it. It shares no code with the sidecar. The rooms: {@code profile}
 * (what the provider is like), {@code account} (its limits, pure), {@code dialect} and one package a dialect (its words),
 * {@code fault}, {@code books}, {@code http} (its sockets). One event loop runs all of it, so nothing locks.
 */
package dev.fairlead.operator.simulate;
