package dev.fairlead.operator.inject;

/** A request that is not answered with a review. Its message is for whoever sent it. */
final class Refusal extends Exception {
    private final ReviewFault fault;

    Refusal(ReviewFault fault, String message) {
        super(message);
        this.fault = fault;
    }

    ReviewFault fault() {
        return fault;
    }
}
