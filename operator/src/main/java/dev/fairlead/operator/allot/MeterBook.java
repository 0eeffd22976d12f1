package dev.fairlead.operator.allot;

import dev.fairlead.sidecar.fleet.MeterReading;
import dev.fairlead.sidecar.pool.quota.SharedLimit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The books of one limit: who holds how much of it. What all hold is never more than the limit. */
final class MeterBook {
    /** Who is silent for longer keeps what it holds, but nothing is planned with it. */
    static final long SILENT_MS = 15_000;

    /** Calls of a pod that is gone may still run at the provider. */
    private static final long CALLS_END_MS = 10_000;

    private static final long SHORTEST_MS = 10_000;
    private static final long LONGEST_MS = 60_000;
    private static final long LONGEST_STEP_MS = 5_000;
    private static final int FEW = 32;
    private static final long PLAN_HOLDS_MS = 100;

    private final Map<String, Member> members = new LinkedHashMap<>();
    private final List<Gone> gone = new ArrayList<>();
    private long limit;
    private long windowMs;
    private long held;
    /** What somebody may hold who has said nothing since this leader leads; part of what is held. */
    private long kept;

    private boolean keeps;
    private long silentGoneAt;
    private boolean silentWent;
    private Map<String, Long> targets = Map.of();
    private long plannedAt;
    private boolean stale = true;

    /** How far a leader has come. */
    enum Stage {
        /** It is new and hears what sidecars hold. */
        HEARS,
        /** It divides, but somebody who may hold something is silent. */
        KEEPS_BACK,
        /** It has heard of everything. */
        GIVES
    }

    /** What somebody who is gone has held, until the provider has forgotten it. */
    private record Gone(long amount, long until) {}

    MeterBook(SharedLimit shared) {
        use(shared);
    }

    void use(SharedLimit shared) {
        stale |= shared.limit() != limit;
        limit = shared.limit();
        windowMs = shared.windowMs();
    }

    /**
     * What a sidecar may use from now on.
     *
     * @param stage no more is given than what it says it has before a new leader has heard what all have
     */
    long grant(Sidecar sidecar, MeterReading reading, Stage stage, long nowMs) {
        forget(nowMs);
        keepBack(stage, nowMs);
        boolean mayGive = stage != Stage.HEARS;
        boolean unheard = !members.containsKey(sidecar.pod());
        var member = member(sidecar);
        long before = member.held();
        member.read(reading, limit, nowMs);
        long others = held - before;
        long room = Math.max(0, limit - others);
        long claimed = Math.max(0, Math.max(Math.min(reading.share(), limit), member.used()));
        if (unheard && kept > 0) {
            // It is what was kept back for it.
            long its = Math.min(kept, claimed);
            kept -= its;
            held -= its;
            others -= its;
            room = Math.max(0, limit - others);
        }
        // Of what it cannot have from us it may have what is nobody's: a leader before us may have given it.
        long has = claimed <= before ? claimed : Math.max(before, Math.min(claimed, room));
        long given;
        if (mayGive) {
            long wish = Math.max(target(sidecar.pod(), nowMs), slidingDown(member, Math.min(has, reading.share())));
            given = Math.min(wish, Math.max(room, has));
        } else {
            given = Math.max(0, Math.min(has, reading.share()));
        }
        hold(member, Math.max(given, has));
        return given;
    }

    /** What nobody has said to hold may all be held by those who are silent: more they cannot have been given. */
    private void keepBack(Stage stage, long nowMs) {
        if (stage == Stage.KEEPS_BACK && !keeps) {
            keeps = true;
            kept = Math.max(0, limit - held);
            held += kept;
            stale = true;
        } else if (stage == Stage.GIVES && keeps) {
            keeps = false;
            release(nowMs);
        }
    }

    private void release(long nowMs) {
        // Of a long window's rest it has used a part at most: all would stand still for a day.
        long its = windowMs > LONGEST_MS ? Math.min(kept, limit / (members.size() + 1)) : kept;
        held -= kept;
        if (silentWent && its > 0 && silentGoneAt + lastsMs() > nowMs) {
            gone.add(new Gone(its, silentGoneAt + lastsMs()));
            held += its;
        }
        kept = 0;
        stale = true;
    }

    /** One who has said nothing of what it holds is gone: what was used of it counts for a window yet. */
    void silentGone(long nowMs) {
        silentWent |= keeps;
        silentGoneAt = nowMs;
    }

    private Member member(Sidecar sidecar) {
        var member = members.get(sidecar.pod());
        if (member == null || !member.sidecar().equals(sidecar)) {
            var fresh = new Member(sidecar);
            if (member != null) {
                fresh.holds(member.held());
            }
            members.put(sidecar.pod(), fresh);
            stale = true;
            plannedAt = Long.MIN_VALUE / 2;
            return fresh;
        }
        stale = true;
        return member;
    }

    /**
     * How far down a sidecar that has more than its part goes now: what it has used counts on at the provider, and if it lost all
     * at once it would stand still for as long as others have been starving before.
     */
    private long slidingDown(Member member, long share) {
        long base = Math.min(share, member.used());
        long over = 2 * Math.max(SHORTEST_MS, Math.min(windowMs, LONGEST_MS));
        long step = Math.max(1, base * Math.min(member.since(), LONGEST_STEP_MS) / over);
        return Math.max(0, base - step);
    }

    private long target(String pod, long nowMs) {
        if (stale && (members.size() <= FEW || nowMs - plannedAt >= PLAN_HOLDS_MS)) {
            var present = new ArrayList<Member>(members.size());
            long capacity = limit - kept - gone.stream().mapToLong(Gone::amount).sum();
            for (var member : members.values()) {
                if (member.silent(SILENT_MS, nowMs)) {
                    capacity -= member.held();
                } else {
                    present.add(member);
                }
            }
            targets = Targets.of(present, Math.max(0, capacity), limit, windowMs);
            plannedAt = nowMs;
            stale = false;
        }
        return targets.getOrDefault(pod, 0L);
    }

    private void hold(Member member, long amount) {
        held += amount - member.held();
        member.holds(amount);
    }

    /** The process has ended and another has taken its place, which knows nothing of what was used. */
    void restarted(String pod, long claimed, long nowMs) {
        var member = members.get(pod);
        if (member != null && member.held() > claimed) {
            long lost = member.held() - Math.max(0, claimed);
            gone.add(new Gone(lost, nowMs + lastsMs()));
            member.holds(member.held() - lost);
            stale = true;
        }
    }

    /** The pod is gone. What it has held is free when the provider has forgotten what may have been used of it. */
    void gone(String pod, long nowMs) {
        var member = members.remove(pod);
        if (member != null && member.held() > 0) {
            gone.add(new Gone(member.held(), nowMs + lastsMs()));
        }
        stale = true;
    }

    private long lastsMs() {
        return windowMs == 0 ? CALLS_END_MS : windowMs;
    }

    private void forget(long nowMs) {
        long freed = 0;
        for (var each = gone.iterator(); each.hasNext(); ) {
            var one = each.next();
            if (one.until() <= nowMs) {
                freed += one.amount();
                each.remove();
            }
        }
        if (freed > 0) {
            held -= freed;
            stale = true;
        }
    }

    /** The sidecar no longer speaks of this limit: it uses nothing of it any more. */
    void unmentioned(String pod) {
        var member = members.get(pod);
        if (member != null) {
            member.silenced();
        }
    }

    /** Whether somebody wants more than it has. */
    boolean wanted() {
        for (var member : members.values()) {
            if (member.wanted() > 0) {
                return true;
            }
        }
        return false;
    }

    /** What all hold, those included that are gone. */
    long held() {
        return held;
    }

    long limit() {
        return limit;
    }

    /** Share of the limit that is left, 0 to 1. */
    double left() {
        return Math.max(0, (double) (limit - used()) / limit);
    }

    /** Milliseconds until nothing is left at the present pace, -1 when it does not come to that. */
    long exhaustedInMs() {
        double perMs = 0;
        for (var member : members.values()) {
            perMs += member.perMs();
        }
        long free = limit - used();
        if (free <= 0) {
            return 0;
        }
        return windowMs == 0 || perMs <= 0 || free / perMs > 7 * 86_400_000.0 ? -1 : (long) (free / perMs);
    }

    private long used() {
        long used = 0;
        for (var member : members.values()) {
            used += member.used();
        }
        return used;
    }
}
