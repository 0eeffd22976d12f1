package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.provider.FailureClass;
import dev.fairlead.sidecar.provider.Tag;
import dev.fairlead.sidecar.provider.Verdict;

/**
 * A failed attempt.
 *
 * @param verdict what it means
 * @param answer the provider's own words, {@code null} when there were none
 * @param upstream why no answer arrived, {@code null} when one did
 * @param inStream whether the provider had taken the call with a 200 and reported its error inside of it
 */
record Failure(Verdict verdict, ProviderAnswer answer, UpstreamFailure upstream, boolean inStream) {
    Failure(Verdict verdict, ProviderAnswer answer, UpstreamFailure upstream) {
        this(verdict, answer, upstream, false);
    }

    /** A 200 that is no answer. */
    static Failure garbage(String ruleId, String detail) {
        return new Failure(
                Verdict.of(FailureClass.SERVER, ruleId),
                null,
                new UpstreamFailure(UpstreamFailure.Kind.GARBAGE, detail));
    }

    /** Whether the provider may have executed the call. */
    boolean maybeExecuted() {
        if (answer != null) {
            return switch (verdict.clazz()) {
                case SERVER, UNKNOWN -> true;
                default -> false;
            };
        }
        return switch (upstream.kind()) {
            case NOT_CONNECTED, STALE_CONNECTION -> false;
            default -> true;
        };
    }

    /** Whether the provider would not have the call for a reason that another key, or another time, may not meet. */
    boolean turnedAway() {
        if (answer == null || verdict.has(Tag.OVERSIZE)) {
            return false;
        }
        return switch (verdict.clazz()) {
            case RATE_LIMIT, DAILY, QUOTA, CREDENTIAL, OVERLOADED -> true;
            default -> false;
        };
    }

    /** Whether it says nothing of the key and may be gone when the call is repeated. */
    boolean mayPass() {
        return answer == null
                || switch (verdict.clazz()) {
                    case SERVER, TRANSPORT, OVERLOADED -> true;
                    default -> false;
                };
    }

    /** The name under which {@code fallback.on} lists it; {@code null} for what no other target can mend. */
    String fallbackKind() {
        if (upstream != null) {
            return switch (upstream.kind()) {
                case NOT_CONNECTED, STALE_CONNECTION, NO_ANSWER, CUT, GARBAGE -> "ConnectFailure";
                case FIRST_BYTE_TIMEOUT, IDLE_TIMEOUT -> "Timeout";
            };
        }
        return switch (verdict.clazz()) {
            case RATE_LIMIT, DAILY, OVERLOADED -> "RateLimited";
            case QUOTA -> "QuotaExhausted";
            case SERVER -> "ServerError";
            case TRANSPORT -> "ConnectFailure";
            case CREDENTIAL, MODEL_ACCESS, MODEL_GONE, REGION -> "AuthFailure";
            case UNKNOWN ->
                inStream ? "ServerError" : null; // What had been taken failed: the fault is not the caller's.
            case CONTEXT_WINDOW, CONTENT_POLICY, CALLER_FAULT, CALLER_CANCEL -> null;
        };
    }
}
