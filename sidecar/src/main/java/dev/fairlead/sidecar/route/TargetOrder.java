package dev.fairlead.sidecar.route;

import dev.fairlead.sidecar.config.TargetConfig;
import java.util.List;

/**
 * In which order the targets of one model are tried: by priority, and within one priority by an evenly spread weighted
 * rotation. One per model and loop; not thread-safe.
 */
public final class TargetOrder {
    private final int[] priorities;
    private final int[] weights;
    private final long[] turns;

    public TargetOrder(List<TargetConfig> targets) {
        priorities = targets.stream().mapToInt(TargetConfig::priority).toArray();
        weights = targets.stream().mapToInt(TargetConfig::weight).toArray();
        turns = new long[weights.length];
    }

    /** How many targets there are. */
    public int size() {
        return weights.length;
    }

    /** Writes positions into {@code order}, best first, and returns how many: targets of weight 0 are left out. */
    public int next(int[] order) {
        int n = 0;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                order[n++] = i;
            }
        }
        for (int from = 0; from < n; ) {
            int to = from + 1;
            while (to < n && priorities[order[to]] == priorities[order[from]]) {
                to++;
            }
            if (to - from > 1) {
                rotate(order, from, to);
            }
            from = to;
        }
        return n;
    }

    private void rotate(int[] order, int from, int to) {
        long total = 0;
        int best = from;
        for (int i = from; i < to; i++) {
            int target = order[i];
            total += weights[target];
            turns[target] += weights[target];
            if (turns[target] > turns[order[best]]) {
                best = i;
            }
        }
        turns[order[best]] -= total;
        // The others follow as they stand behind the chosen one, so that a failing target's load spreads as well.
        int chosen = order[best];
        System.arraycopy(order, from, order, from + 1, best - from);
        order[from] = chosen;
    }
}
