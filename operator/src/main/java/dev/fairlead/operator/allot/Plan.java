package dev.fairlead.operator.allot;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What each sidecar should have of one limit, reckoned again when something has changed. */
final class Plan {
    /** Who is silent for longer keeps what it holds, but nothing is planned with it. */
    private static final long SILENT_MS = 15_000;

    /** Among so few it is reckoned for every report, among more only so often. */
    private static final int FEW = 32;

    private static final long HOLDS_MS = 100;

    private Targets targets = new Targets(List.of(), 0, 0, 0, new HashMap<>(), 0);
    private final Map<String, Turn> tenants = new HashMap<>();
    private long madeAt;
    private boolean stale = true;

    /** Something has changed. */
    void changed() {
        stale = true;
    }

    /** There is somebody new, who is not to wait. */
    void joined() {
        stale = true;
        madeAt = Long.MIN_VALUE / 2;
    }

    /**
     * What each should have.
     *
     * @param capacity of the limit, without what is kept for others
     */
    Targets targets(Collection<Member> members, long capacity, long limit, long windowMs, long nowMs) {
        if (stale && (members.size() <= FEW || nowMs - madeAt >= HOLDS_MS)) {
            var present = new ArrayList<Member>(members.size());
            long left = capacity;
            for (var member : members) {
                if (member.silent(SILENT_MS, nowMs)) {
                    left -= member.held();
                } else {
                    present.add(member);
                }
            }
            targets = new Targets(present, Math.max(0, left), limit, windowMs, tenants, nowMs);
            madeAt = nowMs;
            stale = false;
        }
        return targets;
    }
}
