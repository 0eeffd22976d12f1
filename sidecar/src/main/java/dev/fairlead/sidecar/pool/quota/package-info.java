/**
 * What accounts may still use: sliding windows, bursts, concurrency, what providers' headers say and what 429s teach, reserved
 * before a call and settled on what it really used.
 *
 * <p>Only {@code pool} calls it, on the pool's home loop, with monotonic milliseconds; no clock, no lock, no thread.
 * {@link dev.fairlead.sidecar.pool.quota.Quotas} is the entry: one for each pool. Only {@link
 * dev.fairlead.sidecar.pool.quota.SharedLimit} is for whoever divides limits among processes, too.
 */
package dev.fairlead.sidecar.pool.quota;
