/**
 * The key pool scheduler: which key pays for a call, and when. {@link dev.fairlead.sidecar.pool.KeyPools} is the one entry.
 *
 * <p>One owner per pool, its home loop, calls every method; there is no lock, no thread and no clock inside. The time is a
 * parameter (monotonic milliseconds), so a test or a simulation replays a day in seconds. What a provider said arrives as a
 * {@link dev.fairlead.sidecar.provider.Verdict}; what follows from it is decided in {@code CoolDowns}.
 *
 * <p>State belongs to an account (a quota group) and a model, not to a key: rotating to a sibling key of the same account only
 * burns another 429. It is kept by the key's fingerprint and the account's name, or by fingerprint alone where an account has no
 * other name than that of its key, so re-ordering or re-reading a pool resets nothing. {@code DESIGN.md} beside this file says
 * how the parts work together, and why.
 */
package dev.fairlead.sidecar.pool;
