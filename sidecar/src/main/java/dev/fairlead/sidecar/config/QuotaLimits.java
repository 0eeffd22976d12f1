package dev.fairlead.sidecar.config;

import java.util.List;

/**
 * Limits that hold for one class of models; {@code null} is unlimited, every other number at least 1. Windows slide.
 *
 * @param models patterns of the provider's model names, as in {@code KeyPool.spec.keys[].models}; empty for every model. The
 *     models of one class share these limits
 * @param requestsPerMinute calls that begin within 60 s
 * @param requestsPerDay calls that begin within 24 h
 * @param inputTokensPerMinute tokens of prompts, as the provider counts them
 * @param outputTokensPerMinute tokens of answers
 * @param tokensPerMinute both together
 * @param tokensPerDay both together
 * @param concurrency calls on their way at once
 * @param burst calls that may begin at once; after that they begin at the pace of {@code requestsPerMinute}. {@code null} is
 *     the provider's usual
 */
public record QuotaLimits(
        List<String> models,
        Long requestsPerMinute,
        Long requestsPerDay,
        Long inputTokensPerMinute,
        Long outputTokensPerMinute,
        Long tokensPerMinute,
        Long tokensPerDay,
        Long concurrency,
        Long burst) {
    public QuotaLimits {
        models = models == null ? List.of() : List.copyOf(models);
    }
}
