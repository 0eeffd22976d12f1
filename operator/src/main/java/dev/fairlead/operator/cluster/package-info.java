/**
 * What the control plane sees of a cluster: informers that keep the four kinds, namespaces, injected pods, and exactly those
 * Secrets and ConfigMaps that a KeyPool names, and that turn them into a {@link dev.fairlead.operator.world.World}.
 *
 * <p>Nothing here writes to the cluster. An API server that is away, restarts or refuses stops nothing: the last known state
 * stays in use and every informer tries for ever. An object that a later version has written is read as far as this version
 * understands it, and what it does not understand is known to the compiler.
 *
 * <p>Made and closed by whoever wires the operator. Informers call back on the client's threads; all answers come from memory.
 */
package dev.fairlead.operator.cluster;
