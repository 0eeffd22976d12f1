/**
 * Limits, rests and pins shared by way of a Redis or Valkey server: for every pool whose {@code coordination.mode} is
 * {@code Redis}, in a cluster and outside of one.
 *
 * <p>One script, {@code divide.lua}, keeps the books and divides each limit into shares that together never exceed it; a process
 * asks about once a second, and at once when a call waits for a share. No call waits for the server: it uses what its process
 * holds. When the server is gone, everybody keeps what it was given last. The books outlive the server's absence, and if it has
 * lost them it gives nothing away until everybody has said what it holds.
 *
 * <p>{@link dev.fairlead.sidecar.redis.RedisCoordinator} is the entry; only the assembly calls it. Everything here runs on the
 * one Vert.x context that it is given.
 */
package dev.fairlead.sidecar.redis;
