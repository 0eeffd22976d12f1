package dev.fairlead.operator.plan;

import java.util.List;

/**
 * The answer.
 *
 * @param lengthMs the time in which calls were made
 * @param variants what became of them, first with everything as it is
 * @param notes what to know when reading it
 */
public record Plan(long lengthMs, List<Variant> variants, List<String> notes) {
    public Plan {
        variants = List.copyOf(variants);
        notes = List.copyOf(notes);
    }

    /** One way in which the pools could be. */
    public record Variant(String name, PlanResult result) {}
}
