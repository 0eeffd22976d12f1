package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.config.ErrorCode;
import dev.fairlead.sidecar.dialect.openai.OpenAiErrors;
import dev.fairlead.sidecar.limit.Admission;
import dev.fairlead.sidecar.usage.Outcome;
import io.netty.buffer.Unpooled;
import io.netty.util.AsciiString;

/** Answers with our own errors: in the client's dialect, with our code, and with the truth about retrying. */
final class Refusals {
    /** What official SDKs obey of a Retry-After; beyond it they would only hammer. */
    private static final long SDK_MAX_MS = 60_000;

    private static final long JAVA_SDK_MAX_MS = 8_000;
    static final AsciiString SHOULD_RETRY = AsciiString.cached("x-should-retry");
    static final long NO_RETRY = -1;
    static final long NO_HINT = -2;

    private Refusals() {}

    static void refuse(Exchange exchange, ErrorCode code, String message, String param) {
        refuse(exchange, code, message, param, retryHint(code));
    }

    private static long retryHint(ErrorCode code) {
        return switch (code) {
            case NOT_CONFIGURED, QUEUE_FULL -> 1_000;
            case UPSTREAM_ERROR, UPSTREAM_PROTOCOL, UPSTREAM_TIMEOUT, INTERNAL_ERROR -> NO_HINT;
            default -> NO_RETRY;
        };
    }

    static void limitExceeded(Exchange exchange, Admission admission) {
        boolean never = admission.retryAfterMs() == Long.MAX_VALUE;
        var message = "Limit '" + admission.refusedBy() + "' of route '" + exchange.facts.route + "' is "
                + (never ? "smaller than this call alone asks for." : "used up.");
        refuse(exchange, ErrorCode.LIMIT_EXCEEDED, message, null, never ? NO_RETRY : admission.retryAfterMs());
    }

    /** @param retryAfterMs when a repeat would be admitted, {@link #NO_RETRY} or {@link #NO_HINT} */
    static void refuse(Exchange exchange, ErrorCode code, String message, String param, long retryAfterMs) {
        if (exchange.finished()) {
            return;
        }
        if (exchange.early() != null) {
            exchange.early().refuse(code, message);
            return;
        }
        var head = new ResponseHead(code.status())
                .add(AnswerHeaders.CONTENT_TYPE, AnswerHeaders.JSON)
                .add("x-fairlead-error", code.code());
        AnswerHeaders.addTo(head, exchange);
        addRetry(head, exchange, code, retryAfterMs);
        exchange.finish(code.status(), outcome(exchange), code);
        exchange.client.answer(head, Unpooled.wrappedBuffer(OpenAiErrors.body(code, message, param)));
    }

    private static Outcome outcome(Exchange exchange) {
        return exchange.facts.attemptCount() == 0 ? Outcome.REFUSED : Outcome.FAILED;
    }

    private static void addRetry(ResponseHead head, Exchange exchange, ErrorCode code, long retryAfterMs) {
        if (retryAfterMs >= 0) {
            head.add("retry-after", Long.toString((retryAfterMs + 999) / 1_000));
            head.add("retry-after-ms", Long.toString(retryAfterMs));
        }
        boolean java = "java".equals(exchange.head.header(HeaderNames.STAINLESS_LANG));
        if (retryAfterMs == NO_RETRY || !passes(code) || retryAfterMs > (java ? JAVA_SDK_MAX_MS : SDK_MAX_MS)) {
            head.add(SHOULD_RETRY, "false");
        }
    }

    /** Whether what is refused for passes by itself; otherwise a time says when it is looked at again, not that it is over. */
    private static boolean passes(ErrorCode code) {
        return switch (code) {
            case KEYS_UNUSABLE, MODEL_NOT_FOUND, REGION_UNAVAILABLE -> false;
            default -> true;
        };
    }
}
