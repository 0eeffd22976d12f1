/**
 * The simulated provider on its sockets: one pipeline from a request to an answer, the pace of answers, faults acted out,
 * callers who leave, and the control paths.
 *
 * <p>Everything here runs on the one event loop of the simulator; nothing locks.
 */
package dev.fairlead.operator.simulate.http;
