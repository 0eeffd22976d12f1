package dev.fairlead.operator.simulate.profile;

/** How a provider turns "per minute" into yes or no. */
public enum AdmissionRule {
    /** Allowance flows back continuously up to a ceiling: OpenAI ("Please try again in 644ms"). */
    TokenBucket,
    /**
     * The minute's requests are dealt out in short slices and what a slice does not use is lost; tokens are a fixed
     * minute: Azure OpenAI.
     */
    Quantised,
    /** A count that starts again with every minute (and day, UTC) of the clock. */
    FixedWindow
}
