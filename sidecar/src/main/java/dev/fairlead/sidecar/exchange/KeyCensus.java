package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.pool.KeyPool;
import dev.fairlead.sidecar.provider.FailureClass;
import java.util.Comparator;
import java.util.Map;
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
            last = new Taken(model, nowMs, text(pool.resting(model, nowMs)));
        }
    }

    private static String text(Map<FailureClass, Integer> resting) {
        return resting.isEmpty()
                ? null
                : resting.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey().wireName())
                        .sorted(Comparator.comparing(words -> words.substring(words.indexOf(' '))))
                        .collect(Collectors.joining(", "));
    }

    /** {@code 2 rate_limit, 1 credential}; {@code null} when nothing is known for this model. */
    String of(String model) {
        var known = last;
        return known.model().equals(model) ? known.text() : null;
    }
}
