package dev.fairlead.operator.allot;

import dev.fairlead.sidecar.fleet.KeyReading;
import dev.fairlead.sidecar.fleet.PoolReport;
import dev.fairlead.sidecar.fleet.Rest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * What must rest in one pool, merged by the latest end, and since when that is known. What only one sidecar says is believed for
 * a while ({@link Claims}): then others try, and are turned away themselves or have not lost an account to one that is mistaken.
 */
final class RestBook {
    /** One sidecar cannot keep others from saying what rests. */
    private static final int MOST_OF_ONE = PoolReport.MOST;

    private static final int MOST = 2 * MOST_OF_ONE;

    private static final int LONGEST_TEXT = 256;
    private static final long LOOK_MS = 1_000;
    /** The same rest told by two sidecars ends at two times that differ by their ways to us. */
    static final long SAME_MS = 250;

    /** Of what one is believed that is alone: added to many short rests, more than that would be one long one. */
    private static final int SPREAD_PART = 4;

    /** Those who believed one that was alone try one after the other: the first who is turned away saves the rest of them the try. */
    static final long SPREAD_MS = Claims.ALONE_MS / SPREAD_PART;

    private final Map<What, Known> rests = new LinkedHashMap<>();
    /** By who has said it first. */
    private final Map<String, Integer> counts = new HashMap<>();

    private final PastClaims past = new PastClaims();
    /** Until when nothing is over of one that has said all it may; by pod. */
    private final Map<String, Long> fullUntil = new HashMap<>();

    private long lookedAt = Claims.NEVER;

    record What(String group, String key, String model) {}

    private static final class Known {
        final String first;
        final Claims claims;
        long until = Claims.NEVER;
        long claimed = Claims.NEVER;
        long spreadMs = 1;
        String cause;
        String from = "";
        long number;

        Known(String first, Claims claims) {
            this.first = first;
            this.claims = claims;
        }
    }

    /** Whether it was news. */
    boolean tell(Rest rest, String from, SharedPool pool, long number, long nowMs) {
        if (rest.forMs() < 1 || !pool.accounts().containsKey(rest.group()) || tooLong(rest)) {
            return false;
        }
        var what = new What(rest.group(), rest.key(), rest.model());
        var known = rests.get(what);
        if (known == null) {
            if (!hasRoom(from, nowMs)) {
                return false;
            }
            known = new Known(from, past.takeBack(what));
            rests.put(what, known);
            counts.merge(from, 1, Integer::sum);
            fullUntil.remove(from);
        }
        long claimed = nowMs + Math.min(rest.forMs(), pool.longestRestMs());
        long until = known.claims.believed(from, claimed, nowMs);
        if (until <= known.until + SAME_MS || until <= nowMs) {
            return false;
        }
        known.until = until;
        known.claimed = Math.max(until, claimed);
        known.spreadMs = Math.max(1, Math.min(SPREAD_MS, (until - nowMs) / SPREAD_PART));
        known.cause = rest.cause();
        known.from = from;
        known.number = number;
        return true;
    }

    /** In a full book room is made at the expense of who has said most, unless that is the one who asks. */
    private boolean hasRoom(String from, long nowMs) {
        if (rests.size() >= MOST) {
            forget(nowMs);
        }
        if (counts.getOrDefault(from, 0) >= MOST_OF_ONE) {
            putAwayWhatIsOver(from, nowMs);
        }
        int mine = counts.getOrDefault(from, 0);
        if (mine >= MOST_OF_ONE || rests.size() < MOST) {
            return mine < MOST_OF_ONE;
        }
        var most = Collections.max(counts.entrySet(), Map.Entry.comparingByValue());
        if (most.getValue() <= mine + 1) {
            return false;
        }
        evictOneOf(most.getKey(), nowMs);
        return true;
    }

    /** First what it does not say itself any more, else what is believed no longer. */
    private void putAwayWhatIsOver(String pod, long nowMs) {
        if (fullUntil.getOrDefault(pod, Claims.NEVER) > nowMs) {
            return;
        }
        if (!past.hasRoom(pod)) {
            past.forget(nowMs);
        }
        if (!putAway(pod, known -> Math.max(known.until, known.claimed), nowMs)
                && !putAway(pod, known -> known.until, nowMs)) {
            fullUntil.put(pod, past.hasRoom(pod) ? nextEnd(pod) : nowMs + LOOK_MS);
        }
    }

    private boolean putAway(String pod, ToLongFunction<Known> end, long nowMs) {
        int before = rests.size();
        rests.entrySet().removeIf(each -> {
            var known = each.getValue();
            return known.first.equals(pod)
                    && end.applyAsLong(known) <= nowMs
                    && past.keep(each.getKey(), pod, known.claims);
        });
        counts.merge(pod, rests.size() - before, Integer::sum);
        return rests.size() < before;
    }

    private long nextEnd(String pod) {
        return rests.values().stream()
                .filter(known -> known.first.equals(pod))
                .mapToLong(known -> known.until)
                .min()
                .orElse(Claims.NEVER);
    }

    /** What is believed no longer, or else what has been there longest. */
    private void evictOneOf(String pod, long nowMs) {
        What out = null;
        for (var each : rests.entrySet()) {
            if (each.getValue().first.equals(pod)) {
                boolean over = each.getValue().until <= nowMs;
                out = out == null || over ? each.getKey() : out;
                if (over) {
                    break;
                }
            }
        }
        past.keep(out, pod, rests.remove(out).claims);
        counts.merge(pod, -1, Integer::sum);
    }

    private static boolean tooLong(Rest rest) {
        return length(rest.key()) > LONGEST_TEXT
                || length(rest.model()) > LONGEST_TEXT
                || length(rest.cause()) > LONGEST_TEXT;
    }

    private static int length(String text) {
        return text == null ? 0 : text.length();
    }

    /** What others have told since. */
    List<Rest> since(long number, String to, long nowMs) {
        if (nowMs - lookedAt >= LOOK_MS) {
            forget(nowMs);
        }
        if (rests.isEmpty()) {
            return List.of();
        }
        var news = new ArrayList<Rest>();
        rests.forEach((what, known) -> {
            if (known.number > number && known.until > nowMs && !known.from.equals(to)) {
                long until = Math.min(known.claimed, known.until + Math.floorMod(to.hashCode(), known.spreadMs));
                news.add(new Rest(what.group, what.key, what.model, until - nowMs, known.cause));
            }
        });
        return news;
    }

    /** The next process of a pod has forgotten what the last one said. */
    void restarted(String pod) {
        for (var known : rests.values()) {
            if (known.from.equals(pod)) {
                known.from = "";
            }
        }
    }

    /**
     * What of it is not over by somebody's word, by whom it keeps from calls: the number of the latest news about each. Others may
     * try what one says that is alone; until they do it is all that is known.
     */
    Active active(long nowMs) {
        var groups = new HashMap<String, Long>();
        var keys = new HashMap<String, Long>();
        rests.forEach((what, known) -> {
            if (known.claimed > nowMs && what.key == null) {
                groups.merge(what.group, known.number, Math::max);
            } else if (known.claimed > nowMs) {
                keys.merge(what.key, known.number, Math::max);
            }
        });
        return new Active(groups, keys);
    }

    record Active(Map<String, Long> groups, Map<String, Long> keys) {
        /** Of the latest rest that keeps a key from calls; 0 for none. */
        long number(KeyReading key) {
            return Math.max(groups.getOrDefault(key.group(), 0L), keys.getOrDefault(key.fingerprint(), 0L));
        }
    }

    private void forget(long nowMs) {
        lookedAt = nowMs;
        past.forget(nowMs);
        fullUntil.values().removeIf(until -> until <= nowMs);
        if (rests.values().removeIf(known -> known.claims.over(nowMs))) {
            counts.clear();
            rests.values().forEach(known -> counts.merge(known.first, 1, Integer::sum));
        }
    }
}
