/**
 * The sidecar's side of the control plane: {@link dev.fairlead.sidecar.control.ControlClient} keeps the configuration in step
 * with an operator pod, {@link dev.fairlead.sidecar.control.LastKnownGood} keeps the last one over a restart.
 *
 * <p>Used by the entry point of the container only (and by the operator, for the words of the protocol); the data plane does
 * not know it. One loop that carries no calls does the talking, one thread of its own does what blocks: names, files, putting
 * a configuration into force.
 */
package dev.fairlead.sidecar.control;
