/**
 * What is known about each provider, as data: where it listens, how it takes a key, what its errors mean and what its limit
 * headers say. One JSON file per provider type; adding a provider is adding a file.
 *
 * <p>Called by the pool, the exchange and the dialects. Everything is immutable after {@link
 * dev.fairlead.sidecar.provider.ProviderProfiles#load()} and safe on every thread; nothing here reads a clock, blocks or
 * throws on what a provider sends.
 */
package dev.fairlead.sidecar.provider;
