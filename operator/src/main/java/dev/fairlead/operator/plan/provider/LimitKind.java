package dev.fairlead.operator.plan.provider;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a limit counts, named as in {@code KeyPool.spec.quotaGroups[].limits[]}. */
public enum LimitKind {
    REQUESTS_PER_MINUTE("requestsPerMinute", "requests per min (RPM)"),
    REQUESTS_PER_DAY("requestsPerDay", "requests per day (RPD)"),
    INPUT_TOKENS_PER_MINUTE("inputTokensPerMinute", "input tokens per min (TPM)"),
    OUTPUT_TOKENS_PER_MINUTE("outputTokensPerMinute", "output tokens per min (TPM)"),
    TOKENS_PER_MINUTE("tokensPerMinute", "tokens per min (TPM)"),
    TOKENS_PER_DAY("tokensPerDay", "tokens per day (TPD)"),
    CONCURRENCY("concurrency", "concurrent requests");

    private final String field;
    private final String words;

    LimitKind(String field, String words) {
        this.field = field;
        this.words = words;
    }

    /** The field's name. */
    @JsonValue
    public String field() {
        return field;
    }

    /** As a provider's message says it. */
    String words() {
        return words;
    }

    /** Milliseconds in which it is whole again. */
    long periodMs() {
        return this == REQUESTS_PER_DAY || this == TOKENS_PER_DAY ? 86_400_000L : 60_000L;
    }

    boolean countsRequests() {
        return this == REQUESTS_PER_MINUTE || this == REQUESTS_PER_DAY;
    }
}
