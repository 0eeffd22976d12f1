package dev.fairlead.sidecar.config;

import java.util.List;

/**
 * When and how long a call looks for another target.
 *
 * @param on failure kinds that may move to another target: {@code RateLimited QuotaExhausted ServerError Timeout
 *     ConnectFailure AuthFailure}
 * @param maxAttempts attempts that may have been executed by a provider, over the whole call
 * @param retryWithinMs no new attempt later than this after the first send, waiting for keys excluded
 * @param retryUncertain whether a call that the provider may have executed is sent again
 * @param patienceMs a target with another model is taken only when the wait for the same model is predicted to be longer
 */
public record FallbackConfig(
        List<String> on, int maxAttempts, long retryWithinMs, boolean retryUncertain, long patienceMs) {
    /** What holds where nothing else is said; the schemas of the custom resources say the same. */
    public static final FallbackConfig DEFAULT = new FallbackConfig(
            List.of("RateLimited", "QuotaExhausted", "ServerError", "Timeout", "ConnectFailure", "AuthFailure"),
            4,
            20_000,
            false,
            2_000);

    public FallbackConfig {
        on = on == null ? List.of() : List.copyOf(on);
    }
}
