package dev.fairlead.operator.simulate.account;

/** What an account says to a call. */
public sealed interface Admission {

    /** The call is charged and running; {@link Account#release} ends it. */
    record Admitted() implements Admission {}

    /** The call was turned away and holds nothing. */
    sealed interface Refused extends Admission {

        /** Where statistics count it. */
        RejectionCause cause();
    }

    /**
     * The limit is used up for now.
     *
     * @param used what others have taken of the limit
     * @param requested what this call needs
     * @param waitMicros until this call would fit
     */
    record RateLimited(Dimension dimension, long limit, long used, long requested, long waitMicros) implements Refused {
        @Override
        public RejectionCause cause() {
            return RejectionCause.of(dimension);
        }
    }

    /** The call alone is larger than the limit: waiting never helps. */
    record NeverFits(Dimension dimension, long limit, long requested) implements Refused {
        @Override
        public RejectionCause cause() {
            return RejectionCause.of(dimension);
        }
    }

    /** As many calls are running as may. */
    record TooManyAtOnce(int limit) implements Refused {
        @Override
        public RejectionCause cause() {
            return RejectionCause.concurrency;
        }
    }

    /** The account cannot pay. */
    record QuotaExhausted() implements Refused {
        @Override
        public RejectionCause cause() {
            return RejectionCause.quota;
        }
    }
}
