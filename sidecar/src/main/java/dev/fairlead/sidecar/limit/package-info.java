/**
 * Limits on a route: requests and tokens in sliding windows, reserved before a call and settled on what it really used.
 *
 * <p>{@link dev.fairlead.sidecar.limit.RouteLimiter} is the entry; its home loop calls it with the monotonic time in
 * milliseconds. No lock, no clock, no Vert.x type.
 */
package dev.fairlead.sidecar.limit;
