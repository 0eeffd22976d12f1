package dev.fairlead.sidecar.pool;

import java.util.ArrayList;
import java.util.List;

/**
 * A call's wish for a key of one pool. Belongs to one exchange, may be asked again after each failed attempt, and remembers
 * which accounts have already failed this call. Used on the pool's home loop once handed over.
 */
public final class LeaseRequest {
    private final LeaseListener listener;
    private final String model;
    private final long bytes;
    private long deadlineMs;
    private boolean mayWait;
    private long askedMs;
    private List<String> avoidedGroups;
    private boolean waiting;

    /**
     * @param model the provider's name of the model
     * @param bytes of the call's body, which stay in memory while it waits
     */
    public LeaseRequest(LeaseListener listener, String model, long bytes) {
        this.listener = listener;
        this.model = model;
        this.bytes = bytes;
    }

    /** Asks for a key at once or not at all. */
    public LeaseRequest now() {
        mayWait = false;
        return this;
    }

    /** Asks for a key that may come as late as {@code deadlineMs}, monotonic milliseconds. */
    public LeaseRequest until(long newDeadlineMs) {
        mayWait = true;
        deadlineMs = newDeadlineMs;
        return this;
    }

    /** Do not offer keys of this account again: it has just failed this call without being at a limit. */
    public void avoid(String group) {
        if (avoidedGroups == null) {
            avoidedGroups = new ArrayList<>(2);
        }
        if (!avoidedGroups.contains(group)) {
            avoidedGroups.add(group);
        }
    }

    public String model() {
        return model;
    }

    LeaseListener listener() {
        return listener;
    }

    long bytes() {
        return bytes;
    }

    long deadlineMs() {
        return deadlineMs;
    }

    boolean mayWait() {
        return mayWait;
    }

    boolean avoids(QuotaGroup group) {
        return avoidedGroups != null && avoidedGroups.contains(group.name());
    }

    boolean avoidsAny() {
        return avoidedGroups != null;
    }

    long askedMs() {
        return askedMs;
    }

    void asked(long nowMs) {
        askedMs = nowMs;
    }

    boolean waiting() {
        return waiting;
    }

    void waiting(boolean nowWaiting) {
        waiting = nowWaiting;
    }
}
