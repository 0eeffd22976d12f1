package dev.fairlead.operator.inject;

/** What came is no review of an admission. Its message is for whoever sent it. */
final class UnreadableReviewException extends Exception {
    UnreadableReviewException(String message) {
        super(message);
    }
}
