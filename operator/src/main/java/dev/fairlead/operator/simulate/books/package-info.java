/**
 * The simulated provider's books: what arrived, what was let in and turned away, what was sent, who left early. They are
 * what tests compare the sidecar's own numbers with.
 *
 * <p>Plain counters on the simulator's one thread; no key and no body is ever kept.
 */
package dev.fairlead.operator.simulate.books;
