package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.usage.CallFacts;

/** The way a call took, for {@code x-fairlead-attempts}: {@code primary=429:rate_limit;12ms, backup=200;340ms}. */
final class AttemptTrail {
    private AttemptTrail() {}

    static String of(CallFacts facts) {
        if (facts.attemptCount() == 0) {
            return null;
        }
        var trail = new StringBuilder(32);
        for (int i = 0; i < facts.attemptCount(); i++) {
            var attempt = facts.attempt(i);
            if (i > 0) {
                trail.append(", ");
            }
            trail.append(attempt.target).append('=').append(attempt.status);
            if (attempt.failureClass != null) {
                trail.append(':').append(attempt.failureClass);
            }
            trail.append(';').append(attempt.durationUs / 1000).append("ms");
        }
        return trail.toString();
    }
}
