package dev.fairlead.operator.leader;

/** Whether this replica is the one that writes. Safe on every thread. */
public interface Leadership {
    /** Whether this replica may write now. */
    boolean mayWrite();

    /** Calls {@code listener} each time that leadership has been gained, on a thread of its own. */
    void onGained(Runnable listener);
}
