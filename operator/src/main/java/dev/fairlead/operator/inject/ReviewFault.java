package dev.fairlead.operator.inject;

/** Why a request got no review for an answer. Names are values of a metric's labels. */
public enum ReviewFault {
    /** What came is no review of an admission. */
    UNREADABLE(400, "invalid", "unreadable"),
    /** The connection broke before all was there. */
    ENDED_EARLY(400, "invalid", "ended_early"),
    /** Another path. */
    PATH(404, "invalid", "path"),
    /** Another method. */
    METHOD(405, "invalid", "method"),
    /** The body took too long to come. */
    SLOW(408, "invalid", "slow"),
    /** The body is larger than any pod. */
    LARGE(413, "invalid", "large"),
    /** More than can be held or decided. */
    TOO_MANY(503, "unanswered", "too_many"),
    /** Not decided in time. */
    TIMED_OUT(503, "unanswered", "timed_out"),
    /** Our fault. */
    INTERNAL(500, "unanswered", "internal_error");

    private final int status;
    private final String decision;
    private final String label;

    ReviewFault(int status, String decision, String label) {
        this.status = status;
        this.decision = decision;
        this.label = label;
    }

    /** The value of the metric's label {@code decision}. */
    public String decision() {
        return decision;
    }

    /** The value of the metric's label {@code reason}. */
    public String label() {
        return label;
    }

    /** Of HTTP. */
    int status() {
        return status;
    }
}
