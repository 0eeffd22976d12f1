package dev.fairlead.sidecar.dialect.openai;

import dev.fairlead.sidecar.config.ErrorCode;
import dev.fairlead.sidecar.dialect.JsonText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Our own refusals and failures in OpenAI's shape: {@code {"error":{"message","type","param","code"}}}. The code is ours; the
 * type is the one OpenAI uses for such a case.
 */
public final class OpenAiErrors {
    private OpenAiErrors() {}

    /**
     * The body of an answer, with content type {@code application/json}.
     *
     * @param param the field of the request at fault, {@code null} for none
     */
    public static byte[] body(ErrorCode code, String message, String param) {
        var out = new ByteArrayOutputStream(message.length() + 128);
        append(out, code, message, param);
        return out.toByteArray();
    }

    /**
     * The last event of a stream that cannot go on; no {@code [DONE]} follows, so that nobody takes the part for the whole.
     *
     * @param withinEvent see {@link SseTap#clientWithinEvent()}
     */
    public static byte[] event(ErrorCode code, String message, boolean withinEvent) {
        var out = new ByteArrayOutputStream(message.length() + 128);
        ascii(out, withinEvent ? "\n\ndata: " : "data: ");
        append(out, code, message, null);
        ascii(out, "\n\n");
        return out.toByteArray();
    }

    /**
     * The last event of a response's stream that cannot go on. Documented with its fields at the top; what OpenAI sends has them
     * in an {@code error}, which is where its SDKs look: both are there.
     *
     * @param sequence the number behind that of the event before
     * @param withinEvent see {@link SseTap#clientWithinEvent()}
     */
    static byte[] responseEvent(ErrorCode code, String message, long sequence, boolean withinEvent) {
        var out = new ByteArrayOutputStream(2 * message.length() + 256);
        ascii(out, withinEvent ? "\n\nevent: error\ndata: " : "event: error\ndata: ");
        ascii(
                out,
                "{\"type\":\"error\",\"sequence_number\":" + sequence + ",\"code\":\"" + code.code()
                        + "\",\"message\":");
        JsonText.append(out, message);
        ascii(out, ",\"param\":null,");
        appendError(out, code, message, null);
        ascii(out, "}\n\n");
        return out.toByteArray();
    }

    /** OpenAI's type for a code. */
    static String type(ErrorCode code) {
        return switch (code) {
            case INVALID_REQUEST,
                    UNSUPPORTED_TRANSLATION,
                    STATEFUL_PIN_LOST,
                    UNAUTHENTICATED,
                    MODEL_NOT_FOUND,
                    PROMPT_NOT_FOUND,
                    NOT_FOUND,
                    METHOD_NOT_ALLOWED,
                    REQUEST_TIMEOUT,
                    ROUTE_RETIRED,
                    REQUEST_TOO_LARGE,
                    HEADERS_TOO_LARGE,
                    CLIENT_CLOSED -> "invalid_request_error";
            case SUBSCRIPTION_REQUIRED,
                    SUBSCRIPTION_PENDING,
                    SUBSCRIPTION_DENIED,
                    SUBSCRIPTION_REVOKED,
                    SUBSCRIPTION_EXPIRED,
                    TENANT_SUSPENDED,
                    MODEL_NOT_ALLOWED,
                    REGION_UNAVAILABLE -> "request_forbidden";
            case KEYS_EXHAUSTED, LIMIT_EXCEEDED -> "rate_limit_exceeded";
            case BUDGET_EXCEEDED -> "insufficient_quota";
            case INTERNAL_ERROR,
                    UPSTREAM_ERROR,
                    UPSTREAM_PROTOCOL,
                    QUEUE_FULL,
                    KEYS_UNUSABLE,
                    NOT_CONFIGURED,
                    PROVIDER_OVERLOADED,
                    DEADLINE_EXCEEDED,
                    UPSTREAM_TIMEOUT -> "server_error";
        };
    }

    private static void append(ByteArrayOutputStream out, ErrorCode code, String message, String param) {
        ascii(out, "{");
        appendError(out, code, message, param);
        ascii(out, "}");
    }

    private static void appendError(ByteArrayOutputStream out, ErrorCode code, String message, String param) {
        ascii(out, "\"error\":{\"message\":");
        JsonText.append(out, message);
        ascii(out, ",\"type\":\"" + type(code) + "\",\"param\":");
        JsonText.append(out, param);
        ascii(out, ",\"code\":\"" + code.code() + "\"}");
    }

    private static void ascii(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
}
