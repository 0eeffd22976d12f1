/**
 * From a world that has changed to what sidecars are to have, and what they say of it: compilations, debounced, on one thread
 * of their own ({@link dev.fairlead.operator.rollout.Rollouts}), and the books of who has which
 * ({@link dev.fairlead.operator.rollout.AckBook}).
 *
 * <p>Read by the configuration stream and by reconcilers, on any thread. Knows neither of them, nor an API server.
 */
package dev.fairlead.operator.rollout;
