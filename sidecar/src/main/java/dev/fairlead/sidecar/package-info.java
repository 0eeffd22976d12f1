/**
 * The data plane as a whole: {@link dev.fairlead.sidecar.Sidecar} is a readable list of its parts. It owns its threads, knows
 * nothing of Kubernetes, and takes its configuration from whoever calls {@link dev.fairlead.sidecar.Sidecar#apply}.
 */
package dev.fairlead.sidecar;
