package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.config.ErrorCode;
import dev.fairlead.sidecar.pool.LeaseRefusal;
import dev.fairlead.sidecar.provider.FailureClass;
import dev.fairlead.sidecar.provider.Tag;
import dev.fairlead.sidecar.usage.Outcome;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How a call ends that no target has answered: limits as 429, a dead pool as 503, a failing provider as 502, and the
 * provider's own words where the fault is the caller's. Never somebody else's 401.
 */
final class FinalAnswer {
    private FinalAnswer() {}

    /**
     * No key in time, perhaps after attempts that failed.
     *
     * @param soonest of all refusals of the last round, {@code null} when there was no target to ask
     * @param asks who refused in it
     */
    static void noKey(Exchange exchange, LeaseRefusal soonest, List<Ask> asks, Failure last) {
        if (soonest == null && last == null) {
            Refusals.refuse(
                    exchange,
                    ErrorCode.KEYS_UNUSABLE,
                    "Model '" + exchange.facts.modelName + "' of route '" + exchange.facts.route
                            + "' has no target that can be used: see the conditions of the route and its pools.",
                    null,
                    Refusals.NO_RETRY);
            return;
        }
        if (last != null && (soonest == null || soonest.kind() == LeaseRefusal.Kind.NONE_LEFT || passesThrough(last))) {
            failed(exchange, last, false);
            return;
        }
        var refusal = Resting.telling(asks);
        if (last != null && last.mayPass() && refusal.kind() == LeaseRefusal.Kind.UNUSABLE) {
            failed(exchange, last, false);
            return;
        }
        var code = Unavailable.code(refusal);
        var param = code == ErrorCode.MODEL_NOT_FOUND ? "model" : null;
        Refusals.refuse(exchange, code, Resting.sentence(refusal, asks), param, retryAfter(refusal));
    }

    /**
     * The provider has turned the call away as often as one call may be tried: how the pool stands after that is the answer.
     *
     * @param ask what the pool would answer now
     */
    static void turnedAway(Exchange exchange, Ask ask) {
        var refusal = ask.refusal();
        var tried = "The call has been tried as often as a call may be" + tried(exchange) + ". ";
        if (refusal == null) {
            var free = tried + "Pool '" + exchange.facts.pool + "' has a key that is free now.";
            Refusals.refuse(exchange, ErrorCode.KEYS_EXHAUSTED, free, null, 0);
        } else {
            Refusals.refuse(
                    exchange,
                    Unavailable.code(refusal),
                    tried + Resting.sentence(refusal, ask, ""),
                    null,
                    retryAfter(refusal));
        }
    }

    private static long retryAfter(LeaseRefusal refusal) {
        long admitted = refusal.admittedInMs();
        return switch (refusal.kind()) {
            case EXHAUSTED, PROVIDER_DOWN, UNUSABLE -> admitted == Long.MAX_VALUE ? Refusals.NO_RETRY : admitted;
            case QUEUE_FULL -> admitted == Long.MAX_VALUE ? Refusals.NO_RETRY : Math.max(1_000, admitted);
            case TOO_LARGE, NONE_LEFT, REPLAN -> Refusals.NO_RETRY;
        };
    }

    /**
     * The last attempt's failure is the answer.
     *
     * @param tooManyRetries whether it is only since too many calls are repeated already
     */
    static void failed(Exchange exchange, Failure failure, boolean tooManyRetries) {
        long repeat = tooManyRetries ? Refusals.NO_RETRY : Refusals.NO_HINT;
        if (failure.answer() == null) {
            upstreamFailed(exchange, failure.upstream(), repeat);
        } else if (passesThrough(failure)) {
            passOn(exchange, failure);
        } else {
            var pool = "pool '" + exchange.facts.pool + "'";
            var clazz = failure.verdict().clazz();
            switch (clazz) {
                case RATE_LIMIT, DAILY ->
                    Refusals.refuse(
                            exchange,
                            ErrorCode.KEYS_EXHAUSTED,
                            "Every key of " + pool + " is at a limit of the provider" + tried(exchange) + ".",
                            null,
                            failure.verdict().resetMs().orElse(Refusals.NO_HINT));
                case QUOTA, CREDENTIAL ->
                    Refusals.refuse(
                            exchange,
                            ErrorCode.KEYS_UNUSABLE,
                            "The provider refuses the keys of " + pool + tried(exchange) + ".",
                            null,
                            Refusals.NO_RETRY);
                case OVERLOADED ->
                    Refusals.refuse(
                            exchange,
                            ErrorCode.PROVIDER_OVERLOADED,
                            "The provider of " + pool + " is overloaded" + tried(exchange) + ".",
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
                                    + failure.answer().status() + " (" + clazz.wireName() + ")" + tried(exchange) + ".",
                            null,
                            repeat);
            }
        }
    }

    /** What came of the attempts when there was more than one, by cause: {@code ; 3 attempts: 2 rate_limit, 1 server}. */
    private static String tried(Exchange exchange) {
        int attempts = exchange.facts.attemptCount();
        if (attempts < 2) {
            return "";
        }
        var byCause = new TreeMap<String, Integer>();
        for (int i = 0; i < attempts; i++) {
            byCause.merge(exchange.facts.attempt(i).failureClass, 1, Integer::sum);
        }
        return byCause.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", ", "; " + attempts + " attempts: ", ""));
    }

    private static void upstreamFailed(Exchange exchange, UpstreamFailure failure, long repeat) {
        Refusals.refuse(
                exchange,
                UpstreamHeaders.codeOf(failure),
                "The provider of pool '" + exchange.facts.pool + "' did not answer: " + failure.detail()
                        + tried(exchange) + ".",
                null,
                repeat);
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

    private static void passOn(Exchange exchange, Failure failure) {
        var answer = failure.answer();
        if (exchange.early() != null) {
            exchange.early().passOn(answer);
            return;
        }
        var head = new ResponseHead(answer.status());
        if (answer.contentType() != null) {
            head.add(AnswerHeaders.CONTENT_TYPE, answer.contentType());
        }
        if (answer.requestId() != null) {
            head.add("x-request-id", answer.requestId());
        }
        AnswerHeaders.addTo(head, exchange);
        if (failure.verdict().clazz() != FailureClass.UNKNOWN) {
            // The same call would be answered the same: SDKs would repeat some of these statuses.
            head.add(Refusals.SHOULD_RETRY, "false");
        }
        exchange.finish(answer.status(), Outcome.FAILED, null);
        exchange.client.answer(head, Unpooled.wrappedBuffer(answer.body()));
    }
}
