package dev.fairlead.operator.reconcile;

import dev.fairlead.api.v1alpha1.KeyState;
import dev.fairlead.operator.reconcile.Transitions.News;
import dev.fairlead.operator.world.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which changes of keys are worth an Event: that one is refused, or has nothing to spend, and that it is back. */
final class KeyNews {
    private static final Set<String> BROKEN = Set.of(KeyOverview.INVALID, KeyOverview.SUSPENDED);
    /** What follows only when a call was taken. */
    private static final Set<String> TAKEN = Set.of(KeyOverview.AVAILABLE, KeyOverview.PARKED);

    private KeyNews() {}

    static List<News> between(List<KeyState> before, List<KeyState> now) {
        Map<String, KeyState> earlier = new HashMap<>();
        before.forEach(state -> earlier.put(state.getName(), state));
        var news = new ArrayList<News>();
        for (var state : now) {
            var old = earlier.get(state.getName());
            boolean bad = BROKEN.contains(state.getState()) && state.getFingerprint() != null;
            boolean wasBad = old != null && BROKEN.contains(old.getState()) && old.getFingerprint() != null;
            if (bad && (!wasBad || !old.getState().equals(state.getState()))) {
                news.add(broken(state));
            } else if (wasBad
                    && TAKEN.contains(state.getState())
                    && old.getFingerprint().equals(state.getFingerprint())) {
                news.add(new News(
                        Events.NORMAL,
                        Reason.KEY_RECOVERED.text(),
                        "The provider takes calls with key '" + state.getName() + "' again."));
            }
        }
        return news;
    }

    private static News broken(KeyState state) {
        var why = state.getReason() == null ? "" : " (" + state.getReason() + ")";
        return state.getState().equals(KeyOverview.INVALID)
                ? new News(
                        Events.WARNING,
                        Reason.KEY_QUARANTINED.text(),
                        "The provider refuses key '" + state.getName() + "'" + why
                                + ": it is left alone and tried again now and then. Replace it, or mend it at the provider.")
                : new News(
                        Events.WARNING,
                        Reason.KEY_SUSPENDED.text(),
                        "The account of key '" + state.getName() + "' has nothing to spend" + why
                                + ": it is tried again now and then. Look at its balance and spend limit.");
    }
}
