package dev.fairlead.operator.rollout;

/** Hears of the sidecars that are connected to this replica. Called on event loops: must not block. */
public interface AckListener {
    /** A sidecar's stream has been opened; it replaces an earlier one of the same pod. */
    void connected(String podUid, String stream);

    /** The sidecar has applied this configuration. */
    void acked(String podUid, String stream, String hash);

    /** The sidecar cannot use this configuration and keeps what it has. */
    void nacked(String podUid, String stream, String hash, String path, String message);

    /** That stream has ended; no effect when a later stream of the pod is open. */
    void disconnected(String podUid, String stream);
}
