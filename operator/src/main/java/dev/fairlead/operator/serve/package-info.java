/**
 * Gives sidecars their configuration and hears what they make of it: {@code GET /v1/config} and {@code POST /v1/acks} over
 * HTTPS, from every replica.
 *
 * <p>Who a sidecar is comes from the API server's review of its token and from the pod as the cluster knows it, never from the
 * request. What it gets is the latest rollout's snapshot of its pod's workload; nothing else can be asked for.
 *
 * <p>All state of the server belongs to one event loop: every class here without a word on threads is used on that loop only.
 * What comes from elsewhere (rollouts, pods, certificates, reviewed tokens) is handed over to it. Nothing on the loop waits:
 * every sidecar has one slot per kind of frame, in which the latest replaces what has not been written yet, so that a slow one
 * neither holds up others nor makes a queue. Keys and tokens are in no log, message or {@code toString} of this package.
 */
package dev.fairlead.operator.serve;
