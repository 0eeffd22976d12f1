/**
 * A sidecar in virtual time: the exchange, the pools and the limiters of the data plane as they are, on an event loop that is
 * a heap of events, with clients and providers that are objects instead of sockets. Nothing here waits: an hour of traffic
 * takes as long as its decisions. The same inputs give the same run, to the event.
 *
 * <p>Called by {@code plan} and by tests, on one thread.
 */
package dev.fairlead.operator.plan.virtual;
