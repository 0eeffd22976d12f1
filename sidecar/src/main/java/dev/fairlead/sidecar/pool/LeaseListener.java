package dev.fairlead.sidecar.pool;

/** Who asked for a key. Exactly one method is called, once, unless the request was cancelled first. */
public interface LeaseListener {
    /** A key, to be given back by {@link KeyPool#settle} exactly once. */
    void granted(Lease lease);

    /** No key, and waiting does not help or is not wanted. */
    void refused(LeaseRefusal refusal);
}
