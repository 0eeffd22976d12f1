package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.pool.KeyPool;
import dev.fairlead.sidecar.pool.PoolView;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How many keys of a pool rest, by cause, for the words of a refusal. Counted at most once a second, since a look at every key
 * is too dear for every refusal of a crowd. Counted on the pool's home loop, read on any.
 */
final class KeyCensus {
    private static final long OLD_MS = 1_000;
    private static final long OLD_FOR_ANOTHER_MODEL_MS = 100;

    private final KeyPool pool;
    private volatile Taken last = new Taken("", Long.MIN_VALUE, null);

    private record Taken(String model, long atMs, String text) {}

    KeyCensus(KeyPool pool) {
        this.pool = pool;
    }

    /** Counts anew if the last time is long ago; on the home loop. */
    void take(String model, long nowMs) {
        var before = last;
        long age = before.atMs() == Long.MIN_VALUE ? Long.MAX_VALUE : nowMs - before.atMs();
        if (age >= (model.equals(before.model()) ? OLD_MS : OLD_FOR_ANOTHER_MODEL_MS)) {
            last = new Taken(model, nowMs, count(pool.view(nowMs), model));
        }
    }

    private static String count(PoolView view, String model) {
        var byCause = new TreeMap<String, Integer>();
        for (var key : view.keys()) {
            var cause = cause(key, model);
            if (cause != null) {
                byCause.merge(cause, 1, Integer::sum);
            }
        }
        return byCause.isEmpty()
                ? null
                : byCause.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey())
                        .collect(Collectors.joining(", "));
    }

    private static String cause(PoolView.KeyView key, String model) {
        for (var of : key.models()) {
            if (of.model().equals(model) && of.availableInMs() > 0) {
                return of.reason();
            }
        }
        return key.reason().isEmpty() ? null : key.reason();
    }

    /** {@code 2 rate_limit, 1 credential}; {@code null} when nothing is known for this model. */
    String of(String model) {
        var known = last;
        return known.model().equals(model) ? known.text() : null;
    }
}
