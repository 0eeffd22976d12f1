package dev.fairlead.operator.allot;

import dev.fairlead.sidecar.fleet.KeyReading;
import dev.fairlead.sidecar.fleet.Rest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What must rest in one pool, merged by the latest end, and since when that is known. */
final class RestBook {
    private static final int MOST = 2_000;
    private static final int LONGEST_TEXT = 256;
    /** The same rest told by two sidecars ends at two times that differ by their ways to us. */
    private static final long SAME_MS = 250;

    private final Map<What, Known> rests = new LinkedHashMap<>();

    private record What(String group, String key, String model) {}

    private record Known(long until, String cause, String from, long number) {}

    /** Whether it was news. */
    boolean tell(Rest rest, String from, SharedPool pool, long number, long nowMs) {
        if (rest.forMs() < 1 || !pool.accounts().containsKey(rest.group()) || tooLong(rest)) {
            return false;
        }
        var what = new What(rest.group(), rest.key(), rest.model());
        long until = nowMs + Math.min(rest.forMs(), pool.longestRestMs());
        var before = rests.get(what);
        if (before != null && until <= before.until + SAME_MS) {
            return false;
        }
        if (before == null && rests.size() >= MOST) {
            forget(nowMs);
            if (rests.size() >= MOST) {
                return false;
            }
        }
        rests.put(what, new Known(until, rest.cause(), from, number));
        return true;
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
        if (rests.isEmpty()) {
            return List.of();
        }
        forget(nowMs);
        var news = new ArrayList<Rest>();
        rests.forEach((what, known) -> {
            if (known.number > number && !known.from.equals(to)) {
                news.add(new Rest(what.group, what.key, what.model, known.until - nowMs, known.cause));
            }
        });
        return news;
    }

    /** What of it is not over, by whom it keeps from calls: the number of the latest news about each. */
    Active active(long nowMs) {
        var groups = new HashMap<String, Long>();
        var keys = new HashMap<String, Long>();
        rests.forEach((what, known) -> {
            if (known.until > nowMs && what.key == null) {
                groups.merge(what.group, known.number, Math::max);
            } else if (known.until > nowMs) {
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
        rests.values().removeIf(known -> known.until <= nowMs);
    }
}
