package dev.fairlead.sidecar.provider;

/**
 * How a provider counts a call in its limits: what is charged when the call begins, and what becomes of it when it has ended.
 *
 * @param charge which tokens are charged when the call begins
 * @param refusesOversize whether a call whose {@code max_tokens} alone exceed a limit is refused for ever
 * @param unsetMaxTokens what is charged for the answer of a call that sets no maximum; 0 where that is not known
 * @param countsCachedInput whether input that was read from the provider's cache counts
 * @param givesBack whether the charge is corrected to the real usage afterwards
 * @param burstMs of how many milliseconds the requests may begin at once, 0 for a whole minute's: some providers enforce a limit
 *     per minute in windows of 1 s or 10 s
 * @param refill how a used-up limit comes back, for reading its limit headers
 */
public record AdmissionRule(
        Charge charge,
        boolean refusesOversize,
        long unsetMaxTokens,
        boolean countsCachedInput,
        boolean givesBack,
        long burstMs,
        Refill refill) {
    /** Where nothing is known: everything that the call may use is held until its real usage is known. */
    public static final AdmissionRule CAUTIOUS =
            new AdmissionRule(Charge.INPUT_PLUS_MAX, false, 0, true, true, 0, Refill.CONTINUOUS);

    /** Tokens charged when a call begins. */
    public enum Charge {
        /** Input; output as it is produced. */
        EXPECTED,
        /** Input and {@code max_tokens}. */
        INPUT_PLUS_MAX,
        /** Input or {@code max_tokens}, whichever is larger. */
        LARGER_OF_BOTH
    }

    /** How a limit comes back. */
    public enum Refill {
        /** A bucket that fills all the time; a reset is when it is full. */
        CONTINUOUS,
        /** All at once at its reset. */
        WINDOW
    }
}
