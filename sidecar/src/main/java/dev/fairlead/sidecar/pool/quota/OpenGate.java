package dev.fairlead.sidecar.pool.quota;

import dev.fairlead.sidecar.pool.Demand;
import dev.fairlead.sidecar.pool.Spent;
import dev.fairlead.sidecar.provider.LimitSnapshot;
import dev.fairlead.sidecar.provider.Verdict;

/** Where no limit is known. */
final class OpenGate implements Gate {
    /** The only one. */
    static final Gate OPEN = new OpenGate();

    private OpenGate() {}

    @Override
    public long opensAt(Demand demand, long nowMs) {
        return nowMs;
    }

    @Override
    public Hold reserve(Demand demand, long nowMs) {
        return Hold.NOTHING;
    }

    @Override
    public void settle(Hold hold, Spent spent, boolean requestCounts, long nowMs) {}

    @Override
    public void corrected(LimitSnapshot limits, Hold hold, long nowMs) {}

    @Override
    public void limited(Verdict verdict, Hold hold, long nowMs) {}

    @Override
    public String bindingLimit(Demand demand, long nowMs) {
        return null;
    }

    @Override
    public double headroom(long nowMs) {
        return 1;
    }

    @Override
    public long exhaustedAt(long nowMs) {
        return Long.MAX_VALUE;
    }

    @Override
    public boolean known() {
        return false;
    }
}
