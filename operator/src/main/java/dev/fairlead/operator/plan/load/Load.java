package dev.fairlead.operator.plan.load;

import dev.fairlead.operator.world.Workload;
import java.util.List;

/**
 * The calls of a plan.
 *
 * @param calls in the order of their times
 * @param workloads those that {@link PlannedCall#workload()} numbers
 * @param lengthMs from the beginning to the end of the time in which calls are made
 * @param maxTokensUnknown whether calls may have set a maximum of output tokens that {@link PlannedCall#maxTokens} does not say
 * @param notes what a reader of the result has to know about how the calls came about
 */
public record Load(
        List<PlannedCall> calls,
        List<Workload> workloads,
        long lengthMs,
        boolean maxTokensUnknown,
        List<String> notes) {
    public Load {
        calls = List.copyOf(calls);
        workloads = List.copyOf(workloads);
        notes = List.copyOf(notes);
    }
}
