/**
 * Faults that a test asks for: what goes wrong, for whom, how often. This package only decides; the network room acts.
 *
 * <p>Called on the simulator's one thread.
 */
package dev.fairlead.operator.simulate.fault;
