package dev.fairlead.sidecar;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.sidecar.config.ErrorCode;
import dev.fairlead.sidecar.config.RouteConfig;
import dev.fairlead.sidecar.exchange.ModelNames;
import dev.fairlead.sidecar.exchange.Unavailable;
import dev.fairlead.sidecar.pool.LeaseRefusal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What a call would come to, given how its targets stand: decided as the exchange would, with a sentence why. */
final class WhyVerdict {
    private final RouteConfig route;
    private final List<TargetStanding> same;
    private final List<TargetStanding> other;

    /** @param targets all of the model, in any order */
    WhyVerdict(RouteConfig route, List<TargetStanding> targets) {
        this.route = route;
        var asked = new ArrayList<TargetStanding>();
        targets.stream()
                .filter(TargetStanding::takesCalls)
                .sorted(Comparator.comparingInt(
                        standing -> standing.target().config().priority()))
                .forEach(asked::add);
        var wanted = asked.isEmpty() ? "" : asked.get(0).sends();
        same = upToWhereItStays(
                asked.stream().filter(at -> ModelNames.same(wanted, at.sends())).toList());
        boolean stays = !same.isEmpty() && staysAt(same.get(same.size() - 1));
        other = stays
                ? List.of()
                : upToWhereItStays(asked.stream()
                        .filter(at -> !ModelNames.same(wanted, at.sends()))
                        .toList());
    }

    private List<TargetStanding> upToWhereItStays(List<TargetStanding> targets) {
        for (int i = 0; i < targets.size(); i++) {
            if (staysAt(targets.get(i))) {
                return targets.subList(0, i + 1);
            }
        }
        return targets;
    }

    /** Whether the route does not go elsewhere for what keeps this target. */
    private boolean staysAt(TargetStanding target) {
        var kind = target.refusal() == null ? null : Unavailable.fallbackKind(target.refusal());
        return kind != null && !route.fallback().on().contains(kind);
    }

    void addTo(ObjectNode shown) {
        var ready = firstReady(same);
        if (ready != null) {
            served(shown, ready, "a key is free");
            return;
        }
        long patience = route.fallback().patienceMs();
        var soonest = soonest(same);
        boolean inVain = same.stream().noneMatch(TargetStanding::waits);
        boolean impatient = inVain || soonest.waitMs() > patience;
        ready = impatient ? firstReady(other) : null;
        if (ready != null) {
            served(
                    shown,
                    ready,
                    inVain
                            ? "no target with the model itself has a key in time"
                            : "the model itself is " + soonest.waitMs() + " ms away, more than the route's patience of "
                                    + patience + " ms");
            return;
        }
        var all = new ArrayList<>(same);
        if (impatient) {
            all.addAll(other);
        }
        waitsOrRefused(shown, all);
    }

    private static void served(ObjectNode shown, TargetStanding by, String because) {
        shown.put("answer", "served");
        shown.put("target", by.target().config().name());
        shown.put("key", by.key());
        shown.put("waitMs", 0);
        shown.put("because", because);
        var keys = shown.putArray("keys");
        by.readyKeys().forEach(keys::add);
    }

    private void waitsOrRefused(ObjectNode shown, List<TargetStanding> asked) {
        var soonest = soonest(asked);
        if (soonest == null) {
            Why.refused(shown, ErrorCode.KEYS_UNUSABLE, "the model has no target that takes calls");
            return;
        }
        var waiting = soonest(asked.stream().filter(TargetStanding::waits).toList());
        if (waiting != null) {
            shown.put("answer", "waits");
            shown.put("target", waiting.target().config().name());
            shown.put("waitMs", waiting.waitMs());
            shown.put("because", "pool '" + waiting.target().pool().id() + "' is kept back by " + waiting.binds());
            return;
        }
        var telling = asked.stream()
                .min(Comparator.<TargetStanding>comparingInt(at -> Unavailable.rank(at.refusal()))
                        .thenComparingLong(TargetStanding::waitMs))
                .orElseThrow();
        Why.refused(shown, Unavailable.code(telling.refusal()), whyRefused(telling));
    }

    private String whyRefused(TargetStanding telling) {
        if (telling.refusal().kind() == LeaseRefusal.Kind.QUEUE_FULL) {
            return "no more calls may wait at pool '" + telling.target().pool().id() + "', which is kept back by "
                    + telling.binds();
        }
        if (telling.waitMs() == Long.MAX_VALUE) {
            return "no target has a key that can be used: " + telling.binds();
        }
        long longest = Math.min(route.timeouts().requestMs(), telling.longestWaitMs());
        return "the first key returns in " + telling.waitMs() + " ms, a call waits no longer than " + longest + " ms: "
                + telling.binds();
    }

    private static TargetStanding firstReady(List<TargetStanding> targets) {
        return targets.stream().filter(TargetStanding::ready).findFirst().orElse(null);
    }

    private static TargetStanding soonest(List<TargetStanding> targets) {
        return targets.stream()
                .min(Comparator.comparingLong(TargetStanding::waitMs))
                .orElse(null);
    }
}
