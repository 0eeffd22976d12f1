package dev.fairlead.operator.plan;

import java.util.List;
import java.util.Optional;

/**
 * The answer.
 *
 * @param lengthMs the time in which calls were made
 * @param sidecars through which they were made
 * @param variants what became of them, first with everything as it is
 * @param notes what to know when reading it
 */
public record Plan(long lengthMs, int sidecars, List<Variant> variants, List<String> notes) {
    public Plan {
        variants = List.copyOf(variants);
        notes = List.copyOf(notes);
    }

    /**
     * One way in which the pools could be.
     *
     * @param asked whether it is what somebody asked for besides, and no change of ours
     */
    public record Variant(String name, boolean asked, PlanResult result) {
        Variant(String name, PlanResult result) {
            this(name, false, result);
        }
    }

    /** What somebody asked for besides. */
    Optional<Variant> whatIf() {
        return variants.stream().filter(Variant::asked).findFirst();
    }
}
