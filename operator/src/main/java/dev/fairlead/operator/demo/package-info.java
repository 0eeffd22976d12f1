/**
 * The demonstration behind {@code bin/quickstart}: a provider simulator, a sidecar and a burst that no single key could carry,
 * in one process. Called by the command line only.
 */
package dev.fairlead.operator.demo;
