package dev.fairlead.operator.serve;

import dev.fairlead.operator.serve.Authentication.Authenticated;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reviews that said yes within the last minute, by the tokens' fingerprints; the oldest give way. Thread-safe. */
final class RecentReviews {
    private static final Duration KEPT = Duration.ofSeconds(60);
    private static final int MOST = 10_000;

    private final Clock clock;
    private final Map<String, Entry> entries = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Entry> eldest) {
            return size() > MOST;
        }
    };

    private record Entry(Authenticated review, Instant until) {}

    RecentReviews(Clock clock) {
        this.clock = clock;
    }

    synchronized void keep(BearerToken token, Authenticated review) {
        entries.remove(token.fingerprint());
        entries.put(token.fingerprint(), new Entry(review, clock.instant().plus(KEPT)));
    }

    synchronized Optional<Authenticated> find(BearerToken token) {
        var entry = entries.get(token.fingerprint());
        if (entry == null) {
            return Optional.empty();
        }
        if (clock.instant().isBefore(entry.until)) {
            return Optional.of(entry.review);
        }
        entries.remove(token.fingerprint());
        return Optional.empty();
    }
}
