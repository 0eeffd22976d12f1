package dev.fairlead.operator.simulate.dialect;

/** What a call turned out to be, once read. */
public sealed interface Demand {

    /** The canonical id of the model, or null where there is none. */
    String model();

    /** Whether the caller asked for a stream. */
    boolean stream();

    /** Answered at once and never charged: a listing, or an error that comes before admission. */
    record Free(String model, Reply reply) implements Demand {
        @Override
        public boolean stream() {
            return false;
        }
    }

    /** Charged, and then refused for what it says; the refusal carries the limit headers. */
    record Invalid(String model, boolean stream, long chargedTokens, Reply reply) implements Demand {}

    /**
     * Charged and answered.
     *
     * @param inputTokens what usage will say about the prompt
     * @param chargedTokens what admission charges up front
     */
    record Metered(String model, boolean stream, long inputTokens, long chargedTokens, Answer answer)
            implements Demand {}
}
