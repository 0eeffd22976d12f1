package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.fleet.PoolReport;
import dev.fairlead.sidecar.fleet.Rest;
import dev.fairlead.sidecar.provider.FailureClass;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * What is told to others of all that rests: {@link PoolReport#MOST} at most, what rests for all models first, the longest first.
 * That a key may not use a model, or an account has it no longer, is not told: it lasts for hours, and costs whoever finds it out
 * one try that nothing is charged for.
 */
final class RestsTold {
    private static final Comparator<Told> WORTH = Comparator.comparing((Told told) -> told.model != null)
            .thenComparing(told -> told.key != null)
            .thenComparing(told -> told.rest.until(), Comparator.reverseOrder());

    private final long nowMs;
    /** The one that is worth least comes first. */
    private final PriorityQueue<Told> kept = new PriorityQueue<>(WORTH.reversed());

    private int leftOff;

    private record Told(CoolDown rest, String group, String key, String model) {
        Rest from(long nowMs) {
            return new Rest(
                    group, key, model, rest.until() - nowMs, rest.cause().wireName());
        }
    }

    RestsTold(long nowMs) {
        this.nowMs = nowMs;
    }

    /**
     * @param key its fingerprint, {@code null} for the whole account
     * @param model {@code null} for every one
     */
    void add(CoolDown rest, String group, String key, String model) {
        boolean ofModel = rest.cause() == FailureClass.MODEL_ACCESS || rest.cause() == FailureClass.MODEL_GONE;
        if (!rest.firstHand() || rest.until() <= nowMs || ofModel) {
            return;
        }
        kept.add(new Told(rest, group, key, model));
        if (kept.size() > PoolReport.MOST) {
            kept.remove();
            leftOff++;
        }
    }

    /** What matters most first. */
    List<Rest> list() {
        var best = new ArrayList<>(kept);
        best.sort(WORTH);
        return best.stream().map(told -> told.from(nowMs)).toList();
    }

    /** How many there are beside them. */
    int leftOff() {
        return leftOff;
    }
}
