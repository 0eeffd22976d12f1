package dev.fairlead.operator.allot;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Until when sidecars say that one thing must rest. As long as two of them say so it is certain. One that is alone is believed for
 * {@value #ALONE_MS} ms in any {@value #WINDOW_MS}, in one rest or in many short ones: by then others have been turned away, too, or it
 * is wrong.
 */
final class Claims {
    static final long ALONE_MS = 120_000;
    static final long WINDOW_MS = 600_000;
    /** Long before any time that is told; so far from the end of longs that sums do not run over. */
    static final long NEVER = Long.MIN_VALUE / 2;

    private static final int MOST = 64;

    /** By pod; who has said something last comes last. */
    private final Map<String, Claim> byPod = new LinkedHashMap<>(4, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Claim> eldest) {
            return size() > MOST;
        }
    };

    private static final class Claim {
        long until = NEVER;
        /** How long it has been believed alone, and will be. */
        final TimeBudget alone = new TimeBudget(ALONE_MS, WINDOW_MS);
    }

    /**
     * Until when it rests, now that a pod says until when.
     *
     * @return the past when that is not believed
     */
    long believed(String pod, long until, long nowMs) {
        var claim = byPod.computeIfAbsent(pod, unseen -> new Claim());
        boolean news = until > claim.until + RestBook.SAME_MS;
        claim.until = Math.max(claim.until, until);
        long confirmed = secondLatest();
        for (var other : byPod.values()) {
            if (other.alone.spentUntilMs() <= confirmed) {
                other.alone.keepRest(nowMs);
            }
        }
        if (news && claim.until > confirmed) {
            long from = Math.max(nowMs, claim.alone.spentUntilMs());
            long end = Math.min(claim.until, Math.min(from + claim.alone.leftMs(nowMs), nowMs + ALONE_MS));
            if (end > Math.max(from, confirmed)) {
                claim.alone.spend(Math.max(from, confirmed), end, nowMs);
            }
        }
        return Math.max(confirmed, Math.min(claim.until, claim.alone.spentUntilMs()));
    }

    private long secondLatest() {
        long latest = NEVER;
        long second = NEVER;
        for (var claim : byPod.values()) {
            second = Math.max(second, Math.min(latest, claim.until));
            latest = Math.max(latest, claim.until);
        }
        return second;
    }

    /** Whether nothing that was said matters any more. */
    boolean over(long nowMs) {
        return byPod.values().stream().allMatch(claim -> claim.until <= nowMs && claim.alone.untouched(nowMs));
    }
}
