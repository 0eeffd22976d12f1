package dev.fairlead.operator.plan.load;

import dev.fairlead.operator.world.Workload;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The calls of a plan.
 *
 * @param calls in the order of their times
 * @param workloads those that {@link PlannedCall#workload()} numbers
 * @param sidecars how many sidecars each workload has, at least 1
 * @param lengthMs from the beginning to the end of the time in which calls are made
 * @param maxTokensUnknown whether calls may have set a maximum of output tokens that {@link PlannedCall#maxTokens} does not say
 * @param notes what a reader of the result has to know about how the calls came about
 */
public record Load(
        List<PlannedCall> calls,
        List<Workload> workloads,
        List<Integer> sidecars,
        long lengthMs,
        boolean maxTokensUnknown,
        List<String> notes) {
    public Load {
        calls = List.copyOf(calls);
        workloads = List.copyOf(workloads);
        sidecars = List.copyOf(sidecars);
        notes = List.copyOf(notes);
    }

    /** Of workloads with one sidecar each. */
    public Load(
            List<PlannedCall> calls,
            List<Workload> workloads,
            long lengthMs,
            boolean maxTokensUnknown,
            List<String> notes) {
        this(calls, workloads, Collections.nCopies(workloads.size(), 1), lengthMs, maxTokensUnknown, notes);
    }

    /** How many sidecars there are. */
    public int fleet() {
        return sidecars.stream().mapToInt(Integer::intValue).sum();
    }

    /**
     * The same calls through so many sidecars, divided among the workloads as they are now.
     *
     * @throws IllegalArgumentException where they are fewer than workloads
     */
    public Load through(int fleet) {
        if (fleet < workloads.size()) {
            throw new IllegalArgumentException(
                    "the calls are of " + workloads.size() + " workloads, and each has at least one sidecar");
        }
        var divided = new ArrayList<Integer>();
        int left = fleet;
        int were = fleet();
        for (int i = 0; i < sidecars.size(); i++) {
            int share = (int) Math.round((double) left * sidecars.get(i) / were);
            int most = left - (sidecars.size() - i - 1);
            divided.add(Math.max(1, Math.min(share, most)));
            left -= divided.get(i);
            were -= sidecars.get(i);
        }
        return new Load(calls, workloads, divided, lengthMs, maxTokensUnknown, notes);
    }
}
