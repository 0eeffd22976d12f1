package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.config.ErrorCode;
import dev.fairlead.sidecar.pool.LeaseRefusal;
import dev.fairlead.sidecar.provider.FailureClass;

/** What a pool's refusal means for a call: whether another target may be asked, and what the client is told in the end. */
public final class Unavailable {
    private Unavailable() {}

    /** What {@code fallback.on} calls the state that keeps a pool from serving; {@code null} when any other may be tried. */
    public static String fallbackKind(LeaseRefusal refusal) {
        return switch (refusal.kind()) {
            case EXHAUSTED, QUEUE_FULL, TOO_LARGE -> "RateLimited";
            case UNUSABLE -> refusal.cause() == FailureClass.QUOTA ? "QuotaExhausted" : "AuthFailure";
            case PROVIDER_DOWN -> refusal.cause() == FailureClass.OVERLOADED ? "RateLimited" : "ServerError";
            case NONE_LEFT, REPLAN -> null;
        };
    }

    /** The code of a call that ends with this refusal. */
    public static ErrorCode code(LeaseRefusal refusal) {
        return switch (refusal.kind()) {
            case EXHAUSTED, TOO_LARGE -> ErrorCode.KEYS_EXHAUSTED;
            case QUEUE_FULL -> ErrorCode.QUEUE_FULL;
            case PROVIDER_DOWN ->
                refusal.cause() == FailureClass.OVERLOADED ? ErrorCode.PROVIDER_OVERLOADED : ErrorCode.UPSTREAM_ERROR;
            case UNUSABLE -> unusable(refusal.cause());
            case NONE_LEFT, REPLAN -> ErrorCode.KEYS_UNUSABLE;
        };
    }

    /** What the provider itself has said of every key is said again. */
    private static ErrorCode unusable(FailureClass cause) {
        if (cause == FailureClass.MODEL_ACCESS || cause == FailureClass.MODEL_GONE) {
            return ErrorCode.MODEL_NOT_FOUND;
        }
        return cause == FailureClass.REGION ? ErrorCode.REGION_UNAVAILABLE : ErrorCode.KEYS_UNUSABLE;
    }

    /** Which of several refusals tells a client most: a limit passes, a full line may, a dead pool will not soon; 0 is the first. */
    public static int rank(LeaseRefusal refusal) {
        return switch (refusal.kind()) {
            case EXHAUSTED -> 0;
            case QUEUE_FULL -> 1;
            case PROVIDER_DOWN -> 2;
            case TOO_LARGE -> 3;
            case UNUSABLE -> code(refusal) == ErrorCode.KEYS_UNUSABLE ? 4 : 5;
            case NONE_LEFT, REPLAN -> 6;
        };
    }
}
