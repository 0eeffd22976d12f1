/**
 * Replicas tell each other what their sidecars have reported, so that the one that writes statuses knows of all: every replica
 * serves its own list at {@code GET /v1/peers} of the configuration server, and reads that of all others.
 *
 * <p>Others are found by the addresses of the headless Service; a replica proves itself by its ServiceAccount's token of an
 * audience that nothing else takes. Each class belongs to one event loop unless it says otherwise; nothing on a loop waits.
 */
package dev.fairlead.operator.peer;
