package dev.fairlead.operator.simulate.profile;

/**
 * What an account may do in a time, and how the provider counts it. A limit that is null does not exist.
 *
 * @param requestsPerMinute RPM, 1 to 10,000,000
 * @param tokensPerMinute TPM, 1 to 10,000,000,000; a call is charged {@code max(max_tokens, estimate)} at admission
 * @param requestsPerDay RPD, 1 to 50,000,000
 * @param concurrency calls at once, counted from admission to the last byte
 * @param admission how requests and tokens are let in
 * @param burst requests a full token bucket holds; null means requestsPerMinute. Only for {@code TokenBucket}
 * @param burstTokens tokens a full token bucket holds; null means tokensPerMinute. Only for {@code TokenBucket}
 * @param quantumSeconds length of a slice, a divisor of 60; null means 1. Only for {@code Quantised}
 * @param scope what shares the limits: all calls of the account, or each model for itself
 * @param chargeRejected true: a request that is refused for a rate also uses up what is left of the request allowance
 *     (OpenAI's guide says that unsuccessful requests count; its messages count only admitted ones); default false
 */
public record LimitsProfile(
        Long requestsPerMinute,
        Long tokensPerMinute,
        Long requestsPerDay,
        Integer concurrency,
        AdmissionRule admission,
        Long burst,
        Long burstTokens,
        Integer quantumSeconds,
        LimitScope scope,
        boolean chargeRejected) {

    /** No limit at all. */
    public static final LimitsProfile NONE =
            new LimitsProfile(null, null, null, null, null, null, null, null, null, false);

    public LimitsProfile {
        requestsPerMinute = Check.optional("requestsPerMinute", requestsPerMinute, 1, 10_000_000);
        tokensPerMinute = Check.optional("tokensPerMinute", tokensPerMinute, 1, 10_000_000_000L);
        requestsPerDay = Check.optional("requestsPerDay", requestsPerDay, 1, 50_000_000);
        Check.that(
                concurrency == null || concurrency >= 1,
                "concurrency: got %s, expected at least 1".formatted(concurrency));
        admission = admission == null ? AdmissionRule.TokenBucket : admission;
        burst = Check.optional("burst", burst, 1, 10_000_000);
        burstTokens = Check.optional("burstTokens", burstTokens, 1, 10_000_000_000L);
        scope = scope == null ? LimitScope.Account : scope;
        boolean bucket = admission == AdmissionRule.TokenBucket;
        Check.that(
                burst == null || (bucket && requestsPerMinute != null), "burst: needs TokenBucket, requestsPerMinute");
        Check.that(
                burstTokens == null || (bucket && tokensPerMinute != null),
                "burstTokens: needs TokenBucket, tokensPerMinute");
        Check.that(
                quantumSeconds == null || admission == AdmissionRule.Quantised,
                "quantumSeconds: only admission Quantised has slices");
        quantumSeconds = Check.range("quantumSeconds", quantumSeconds, 1, 1, 60);
        Check.that(
                60 % quantumSeconds == 0, "quantumSeconds: got %d, expected a divisor of 60".formatted(quantumSeconds));
    }
}
