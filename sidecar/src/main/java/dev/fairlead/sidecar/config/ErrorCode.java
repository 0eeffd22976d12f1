package dev.fairlead.sidecar.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * The closed vocabulary of our own refusals and failures: in the header {@code x-fairlead-error}, in call records and as a
 * metric label. What a provider says itself keeps the provider's words and has no code here.
 */
public enum ErrorCode {
    INVALID_REQUEST(400),
    UNSUPPORTED_TRANSLATION(400),
    STATEFUL_PIN_LOST(400),
    UNAUTHENTICATED(401),
    SUBSCRIPTION_REQUIRED(403),
    SUBSCRIPTION_PENDING(403),
    SUBSCRIPTION_DENIED(403),
    SUBSCRIPTION_REVOKED(403),
    SUBSCRIPTION_EXPIRED(403),
    TENANT_SUSPENDED(403),
    MODEL_NOT_ALLOWED(403),
    REGION_UNAVAILABLE(403),
    MODEL_NOT_FOUND(404),
    PROMPT_NOT_FOUND(404),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    REQUEST_TIMEOUT(408),
    ROUTE_RETIRED(410),
    REQUEST_TOO_LARGE(413),
    KEYS_EXHAUSTED(429),
    LIMIT_EXCEEDED(429),
    BUDGET_EXCEEDED(429),
    HEADERS_TOO_LARGE(431),
    CLIENT_CLOSED(499),
    INTERNAL_ERROR(500),
    UPSTREAM_ERROR(502),
    UPSTREAM_PROTOCOL(502),
    QUEUE_FULL(503),
    KEYS_UNUSABLE(503),
    NOT_CONFIGURED(503),
    PROVIDER_OVERLOADED(503),
    DEADLINE_EXCEEDED(504),
    UPSTREAM_TIMEOUT(504);

    private final int status;
    private final String code;

    ErrorCode(int status) {
        this.status = status;
        this.code = name().toLowerCase(Locale.ROOT);
    }

    /** The HTTP status it is answered with. */
    public int status() {
        return status;
    }

    /** The name on the wire, for example {@code keys_exhausted}. */
    @JsonValue
    public String code() {
        return code;
    }

    /** The code with this wire name. */
    @JsonCreator
    public static ErrorCode of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}
