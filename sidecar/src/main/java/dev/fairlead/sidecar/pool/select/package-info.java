/**
 * Which of several accounts pays for a call when more than one could: one class a strategy, and affinity before any of them.
 *
 * <p>Only {@code pool} calls it, on the pool's home loop; no clock, no thread, no lock. What can be chosen is seen through
 * {@link dev.fairlead.sidecar.pool.select.Candidate} alone. {@link dev.fairlead.sidecar.pool.select.SelectionStrategy#named} is
 * the entry.
 */
package dev.fairlead.sidecar.pool.select;
