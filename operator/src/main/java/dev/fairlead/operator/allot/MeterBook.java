package dev.fairlead.operator.allot;

import dev.fairlead.sidecar.fleet.MeterReading;
import dev.fairlead.sidecar.pool.quota.SharedLimit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The books of one limit: who holds how much of it. What all hold is never more than the limit. */
final class MeterBook {
    /** Calls of a pod that is gone may still run at the provider. */
    private static final long CALLS_END_MS = 10_000;

    private static final long SHORTEST_MS = 10_000;
    private static final long LONGEST_MS = 60_000;
    private static final long LONGEST_STEP_MS = 5_000;

    private final Map<String, Member> members = new LinkedHashMap<>();
    private final Departed departed = new Departed();
    private final Plan plan = new Plan();
    private long limit;
    private long windowMs;
    private long held;
    /** What somebody may hold who has said nothing since this leader leads; part of what is held. */
    private long kept;

    private boolean keeps;
    private long silentGoneAt;
    private boolean silentWent;

    /** How far a leader has come. */
    enum Stage {
        /** It is new and hears what sidecars hold. */
        HEARS,
        /** It divides, but somebody who may hold something is silent. */
        KEEPS_BACK,
        /** It has heard of everything. */
        GIVES
    }

    MeterBook(SharedLimit shared) {
        use(shared);
    }

    void use(SharedLimit shared) {
        limit = shared.limit();
        windowMs = shared.windowMs();
        plan.changed();
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
        if (member.countsAnew(reading)) {
            // It does not know any more what it has used: what it held counts, and what it says that it has comes on
            // top.
            lose(member, member.held(), nowMs);
        }
        long before = member.held();
        member.read(reading, limit, nowMs);
        long others = held - before;
        long room = Math.max(0, limit - others);
        long claimed = claimed(reading);
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
            var targets = plan.targets(members.values(), limit - kept - departed.sum(), limit, windowMs, nowMs);
            long wish = Math.max(targets.of(sidecar.pod()), slidingDown(member, Math.min(has, reading.share())));
            given = Math.min(wish, Math.max(room - targets.owedBefore(sidecar.pod(), nowMs), has));
            given = targets.inWholeCalls(sidecar.pod(), given);
        } else {
            given = Math.max(0, Math.min(has, reading.share()));
        }
        hold(member, Math.max(given, has));
        return given;
    }

    /** What a sidecar has used of a limit that somebody else divides. */
    void hear(Sidecar sidecar, MeterReading reading, long nowMs) {
        member(sidecar).read(reading, limit, nowMs);
    }

    /** What it says that it has: its share, and what it has used of an earlier one. */
    private long claimed(MeterReading reading) {
        return Math.max(0, Math.max(Math.min(reading.share(), limit), Math.min(reading.used(), 2 * limit)));
    }

    /** What nobody has said to hold may all be held by those who are silent: more they cannot have been given. */
    private void keepBack(Stage stage, long nowMs) {
        if (stage == Stage.KEEPS_BACK && !keeps) {
            keeps = true;
            kept = Math.max(0, limit - held);
            held += kept;
            plan.changed();
        } else if (stage == Stage.GIVES) {
            release(nowMs);
        }
    }

    private void release(long nowMs) {
        if (!keeps) {
            return;
        }
        keeps = false;
        // Of a long window's rest it has used a part at most: all would stand still for a day.
        long its = windowMs > LONGEST_MS ? Math.min(kept, limit / (members.size() + 1)) : kept;
        held -= kept;
        if (silentWent && its > 0 && silentGoneAt + lastsMs() > nowMs) {
            departed.add(its, silentGoneAt + lastsMs());
            held += its;
        }
        kept = 0;
        plan.changed();
    }

    /** One who has said nothing of what it holds is gone: what was used of it counts for a window yet. */
    void silentGone(long nowMs) {
        silentWent |= keeps;
        silentGoneAt = nowMs;
    }

    private Member member(Sidecar sidecar) {
        var member = members.get(sidecar.pod());
        if (member == null) {
            member = new Member(sidecar);
            members.put(sidecar.pod(), member);
            plan.joined();
        } else if (member.becomes(sidecar)) {
            plan.joined();
        }
        plan.changed();
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

    private void hold(Member member, long amount) {
        held += amount - member.held();
        member.holds(amount);
    }

    /**
     * The process has ended and another has taken its place, which counts as used what it knows to have been given. Of the rest
     * nobody knows whether it was used.
     */
    void restarted(String pod, MeterReading reading, long nowMs) {
        var member = members.get(pod);
        if (member != null) {
            lose(member, member.held() - claimed(reading), nowMs);
            member.counts(reading);
        }
    }

    /** So much of what it held counts for a window yet, although it does not hold it any more. */
    private void lose(Member member, long amount, long nowMs) {
        if (amount > 0) {
            departed.add(amount, nowMs + lastsMs());
            member.holds(member.held() - amount);
            plan.changed();
        }
    }

    /**
     * The pod is gone, or has this limit no longer. What it has held is free when the provider has forgotten what may have been
     * used of it.
     */
    void gone(String pod, long nowMs) {
        var member = members.remove(pod);
        if (member != null) {
            lose(member, member.held(), nowMs);
            plan.changed();
        }
    }

    /**
     * Whether nobody holds anything of a limit that is not in force: then its books can be closed.
     *
     * @param heard whether no pod is silent that may hold something
     */
    boolean isFree(boolean heard, long nowMs) {
        if (heard) {
            release(nowMs);
        }
        forget(nowMs);
        return held == 0;
    }

    private long lastsMs() {
        return windowMs == 0 ? CALLS_END_MS : windowMs;
    }

    private void forget(long nowMs) {
        long freed = departed.forget(nowMs);
        if (freed > 0) {
            held -= freed;
            plan.changed();
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

    /** 0 for calls at once. */
    long windowMs() {
        return windowMs;
    }

    Collection<Member> members() {
        return members.values();
    }
}
