package dev.fairlead.operator.allot;

import dev.fairlead.sidecar.fleet.PoolReport;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which keys of a pool the provider takes, whoever has found that out and is gone since: a call was taken that began after the
 * last refusal that anybody told of, or, where nobody did, after this book was opened.
 */
final class KeyProofs {
    /** What is said on two ways differs by so much. */
    private static final long SAME_MS = 1_000;

    private final Set<String> known = new HashSet<>();
    private final Map<String, Long> refusedAt = new HashMap<>();
    private final Map<String, Long> takenAt = new HashMap<>();
    private long openedAt = Long.MAX_VALUE;

    /** So it is configured now: of other keys nothing is kept, whoever says something. */
    void use(SharedPool pool) {
        known.clear();
        pool.accounts().values().forEach(known::addAll);
        refusedAt.keySet().retainAll(known);
        takenAt.keySet().retainAll(known);
    }

    void read(PoolReport report, long nowMs) {
        openedAt = Math.min(openedAt, nowMs);
        for (var key : report.keys()) {
            if (Said.isRefused(key.state()) && known.contains(key.fingerprint())) {
                refusedAt.merge(key.fingerprint(), nowMs - Math.max(0, key.refusedAgoMs()), Math::max);
            }
        }
        report.taken().forEach((fingerprint, agoMs) -> {
            if (agoMs >= 0 && known.contains(fingerprint)) {
                takenAt.merge(fingerprint, nowMs - agoMs, Math::max);
            }
        });
    }

    boolean proven(String fingerprint) {
        var taken = takenAt.get(fingerprint);
        var refused = refusedAt.get(fingerprint);
        return taken != null && (refused == null ? taken > openedAt : taken > refused + SAME_MS);
    }

    /** All of them, by fingerprint. */
    Set<String> all() {
        return takenAt.keySet().stream().filter(this::proven).collect(Collectors.toUnmodifiableSet());
    }
}
