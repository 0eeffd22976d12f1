package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.pool.PoolView.KeyView;
import dev.fairlead.sidecar.pool.PoolView.ModelView;
import java.util.Locale;

/** Shows one key to people. */
final class KeyViews {
    private KeyViews() {}

    static KeyView of(Key key, long nowMs) {
        var group = key.group();
        var models = group.modelsByName().entrySet().stream()
                .map(entry -> new ModelView(
                        entry.getKey(),
                        entry.getValue().coolUntil() > nowMs
                                ? entry.getValue().cause().wireName()
                                : "",
                        Times.until(entry.getValue().coolUntil(), nowMs),
                        (int) Math.round(entry.getValue().headroom() * 100)))
                .toList();
        long until = Math.max(key.quarantinedUntil(), group.coolUntil());
        var state = "Available";
        var reason = "";
        if (key.config().weight() == 0) {
            state = "Draining";
        } else if (key.quarantinedUntil() > nowMs) {
            state = "Invalid";
            reason = "credential";
        } else if (group.coolUntil() > nowMs) {
            state = "Suspended";
            reason = group.cause().wireName();
        } else {
            var resting = models.stream().filter(m -> m.availableInMs() > 0).toList();
            if (!resting.isEmpty() && resting.size() == models.size()) {
                state = "Parked";
                reason = resting.get(0).reason().toLowerCase(Locale.ROOT);
                until = nowMs
                        + resting.stream()
                                .mapToLong(ModelView::availableInMs)
                                .min()
                                .getAsLong();
            }
        }
        return new KeyView(
                key.config().name(),
                group.name(),
                key.config().fingerprint(),
                key.config().weight(),
                state,
                reason,
                Times.until(until, nowMs),
                key.inFlight(),
                models);
    }
}
