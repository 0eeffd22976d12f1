package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.config.ErrorCode;
import dev.fairlead.sidecar.pool.LeaseRefusal;
import dev.fairlead.sidecar.provider.FailureClass;
import dev.fairlead.sidecar.provider.Tag;
import dev.fairlead.sidecar.usage.Outcome;
import io.netty.buffer.Unpooled;

/**
 * How a call ends that no target has answered: limits as 429, a dead pool as 503, a failing provider as 502, and the
 * provider's own words where the fault is the caller's. Never somebody else's 401.
 */
final class FinalAnswer {
    private FinalAnswer() {}

    /** No key in time, perhaps after attempts that failed. */
    static void noKey(Exchange exchange, LeaseRefusal refusal, Failure last) {
        if (refusal == null && last == null) {
            Refusals.refuse(
                    exchange,
                    ErrorCode.KEYS_UNUSABLE,
                    "Model '" + exchange.facts.modelName + "' of route '" + exchange.facts.route
                            + "' has no target that can be used: see the conditions of the route and its pools.",
                    null,
                    Refusals.NO_RETRY);
            return;
        }
        if (last != null && (refusal == null || refusal.kind() == LeaseRefusal.Kind.NONE_LEFT || passesThrough(last))) {
            failed(exchange, last);
            return;
        }
        var pool = exchange.facts.pool == null ? "of the route" : "'" + exchange.facts.pool + "'";
        long retryAfter = refusal.availableInMs() == Long.MAX_VALUE ? Refusals.NO_RETRY : refusal.availableInMs();
        switch (refusal.kind()) {
            case EXHAUSTED ->
                Refusals.refuse(
                        exchange,
                        ErrorCode.KEYS_EXHAUSTED,
                        "Every key of pool " + pool + " rests ("
                                + refusal.cause().wireName() + "); the first returns in " + seconds(refusal)
                                + ", too late for this call.",
                        null,
                        retryAfter);
            case QUEUE_FULL ->
                Refusals.refuse(
                        exchange,
                        ErrorCode.QUEUE_FULL,
                        "Too many calls already wait for a key of pool " + pool + ".",
                        null,
                        Math.max(1_000, retryAfter));
            case PROVIDER_DOWN ->
                Refusals.refuse(
                        exchange,
                        refusal.cause() == FailureClass.OVERLOADED
                                ? ErrorCode.PROVIDER_OVERLOADED
                                : ErrorCode.UPSTREAM_ERROR,
                        "The provider of pool " + pool + " does not take calls at the moment ("
                                + refusal.cause().wireName() + ").",
                        null,
                        retryAfter);
            case UNUSABLE, NONE_LEFT, REPLAN ->
                Refusals.refuse(
                        exchange,
                        ErrorCode.KEYS_UNUSABLE,
                        "Pool " + pool + " has no usable key"
                                + (refusal.cause() == null
                                        ? "."
                                        : ": the provider refuses them ("
                                                + refusal.cause().wireName() + ")."),
                        null,
                        Refusals.NO_RETRY);
        }
    }

    /** The last attempt's failure is the answer. */
    static void failed(Exchange exchange, Failure failure) {
        if (failure.answer() == null) {
            upstreamFailed(exchange, failure.upstream());
        } else if (passesThrough(failure)) {
            passOn(exchange, failure.answer());
        } else {
            var pool = "pool '" + exchange.facts.pool + "'";
            switch (failure.verdict().clazz()) {
                case RATE_LIMIT, DAILY ->
                    Refusals.refuse(
                            exchange,
                            ErrorCode.KEYS_EXHAUSTED,
                            "Every key of " + pool + " is at a limit of the provider.",
                            null,
                            failure.verdict().resetMs().orElse(Refusals.NO_HINT));
                case QUOTA, CREDENTIAL ->
                    Refusals.refuse(
                            exchange,
                            ErrorCode.KEYS_UNUSABLE,
                            "The provider refuses the keys of " + pool + " ("
                                    + failure.verdict().clazz().wireName() + ").",
                            null,
                            Refusals.NO_RETRY);
                case OVERLOADED ->
                    Refusals.refuse(
                            exchange,
                            ErrorCode.PROVIDER_OVERLOADED,
                            "The provider of " + pool + " is overloaded.",
                            null,
                            failure.verdict().resetMs().orElse(Refusals.NO_HINT));
                case REGION ->
                    Refusals.refuse(
                            exchange,
                            ErrorCode.REGION_UNAVAILABLE,
                            "The provider of " + pool + " does not serve this region.",
                            null,
                            Refusals.NO_RETRY);
                default ->
                    Refusals.refuse(
                            exchange,
                            ErrorCode.UPSTREAM_ERROR,
                            "The provider of " + pool + " answered "
                                    + failure.answer().status() + " ("
                                    + failure.verdict().clazz().wireName() + ").",
                            null,
                            Refusals.NO_HINT);
            }
        }
    }

    private static void upstreamFailed(Exchange exchange, UpstreamFailure failure) {
        Refusals.refuse(
                exchange,
                UpstreamHeaders.codeOf(failure),
                "The provider of pool '" + exchange.facts.pool + "' did not answer: " + failure.detail() + ".",
                null,
                Refusals.NO_HINT);
    }

    /** Whether the provider's own words are the best answer: the fault is in the request, or nobody knows. */
    private static boolean passesThrough(Failure failure) {
        if (failure.answer() == null) {
            return false;
        }
        return switch (failure.verdict().clazz()) {
            case CONTEXT_WINDOW, CONTENT_POLICY, CALLER_FAULT, UNKNOWN, MODEL_ACCESS, MODEL_GONE -> true;
            case RATE_LIMIT -> failure.verdict().has(Tag.OVERSIZE);
            default -> false;
        };
    }

    private static void passOn(Exchange exchange, ProviderAnswer answer) {
        var head = new ResponseHead(answer.status());
        if (answer.contentType() != null) {
            head.add(AnswerHeaders.CONTENT_TYPE, answer.contentType());
        }
        if (answer.requestId() != null) {
            head.add("x-request-id", answer.requestId());
        }
        AnswerHeaders.addTo(head, exchange);
        exchange.finish(answer.status(), Outcome.FAILED, null);
        exchange.client.answer(head, Unpooled.wrappedBuffer(answer.body()));
    }

    /** What {@code fallback.on} calls the state that keeps a pool from serving; {@code null} when any other may be tried. */
    static String fallbackKind(LeaseRefusal refusal) {
        return switch (refusal.kind()) {
            case EXHAUSTED, QUEUE_FULL -> "RateLimited";
            case UNUSABLE -> refusal.cause() == FailureClass.QUOTA ? "QuotaExhausted" : "AuthFailure";
            case PROVIDER_DOWN -> refusal.cause() == FailureClass.OVERLOADED ? "RateLimited" : "ServerError";
            case NONE_LEFT, REPLAN -> null;
        };
    }

    private static String seconds(LeaseRefusal refusal) {
        return (refusal.availableInMs() + 999) / 1_000 + " s";
    }
}
