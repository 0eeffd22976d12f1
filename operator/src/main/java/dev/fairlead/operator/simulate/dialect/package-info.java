/**
 * What the simulator asks of a wire format: which calls it has, how a call is read, how answers and refusals look. One
 * package beside this one per provider; none of them knows about sockets.
 *
 * <p>Called on the simulator's one thread.
 */
package dev.fairlead.operator.simulate.dialect;
