package dev.fairlead.operator.trust;

import dev.fairlead.operator.leader.Leadership;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Leads when the test says so. */
final class FixedLeadership implements Leadership {
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean leads;

    FixedLeadership(boolean leads) {
        this.leads = leads;
    }

    void gain() {
        leads = true;
        listeners.forEach(Runnable::run);
    }

    @Override
    public boolean mayWrite() {
        return leads;
    }

    @Override
    public void onGained(Runnable listener) {
        listeners.add(listener);
    }
}
