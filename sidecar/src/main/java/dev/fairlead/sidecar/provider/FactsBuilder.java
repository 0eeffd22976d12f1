package dev.fairlead.sidecar.provider;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Collects {@link ErrorFacts} field by field, within bounds. Lives for one body. */
final class FactsBuilder {
    private static final int MAX_TEXT = 16 * 1024;
    private static final int MAX_ITEMS = 64;
    private static final int MAX_CODE = 200;

    private final Set<String> codes = new LinkedHashSet<>();
    private final List<String> waits = new ArrayList<>(2);
    private final StringBuilder text = new StringBuilder();
    private int statusInBody;
    private boolean blamesParameter;

    /** A field of an error object. */
    void scalar(String field, String value) {
        switch (field.toLowerCase(Locale.ROOT)) {
            case "code", "type", "status", "reason", "errorcode", "error_code", "error_type", "quotaid" -> code(value);
            case "limit_source", "status_code" -> code(value);
            case "__type" -> code(value == null ? null : value.substring(value.lastIndexOf('#') + 1));
            case "quotavalue" -> code("quotaValue=" + value);
            case "message", "msg", "detail", "details", "title", "error", "errors" -> message(value);
            case "error_description", "error_msg", "status_msg", "raw" -> message(value);
            case "retrydelay", "retry_after" -> waits(value);
            case "param", "loc" -> parameter(value);
            case "@type" -> blamesParameter |= value.endsWith("google.rpc.BadRequest");
            default -> {
                // Anything else may be the caller's own words.
            }
        }
    }

    /** The model is the pool's affair as well; some write the absence of a name as a name. */
    private void parameter(String value) {
        blamesParameter |= switch (value.toLowerCase(Locale.ROOT)) {
            case "", "null", "none", "body", "model" -> false;
            default -> true;
        };
    }

    /** A response header that travels inside the body, as OpenRouter does it. */
    void header(String name, String value) {
        switch (name.toLowerCase(Locale.ROOT)) {
            case "retry-after", "x-ratelimit-reset" -> waits(value);
            default -> {
                // Limits of no use once refused.
            }
        }
    }

    void code(String value) {
        if (value == null || value.isBlank() || value.length() > MAX_CODE || codes.size() >= MAX_ITEMS) {
            return;
        }
        String code = value.strip().toLowerCase(Locale.ROOT);
        codes.add(code);
        if (statusInBody == 0 && code.length() == 3 && (code.charAt(0) == '4' || code.charAt(0) == '5')) {
            statusInBody =
                    Resets.isDigit(code.charAt(1)) && Resets.isDigit(code.charAt(2)) ? Integer.parseInt(code) : 0;
        }
    }

    void message(String value) {
        if (value == null || text.length() >= MAX_TEXT) {
            return;
        }
        if (text.length() > 0) {
            text.append('\n');
        }
        text.append(value, 0, Math.min(value.length(), MAX_TEXT - text.length()));
    }

    private void waits(String value) {
        if (value != null && waits.size() < MAX_ITEMS) {
            waits.add(value);
        }
    }

    boolean isEmpty() {
        return codes.isEmpty() && text.isEmpty();
    }

    ErrorFacts build(int status, BodyKind kind) {
        int effective = status < 400 && statusInBody != 0 ? statusInBody : status;
        String lower = text.toString().toLowerCase(Locale.ROOT).replace('\u2019', '\'');
        return new ErrorFacts(effective, kind, Set.copyOf(codes), lower, List.copyOf(waits), blamesParameter);
    }
}
