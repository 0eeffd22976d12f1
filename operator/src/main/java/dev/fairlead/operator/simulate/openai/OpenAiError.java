package dev.fairlead.operator.simulate.openai;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.fairlead.operator.simulate.dialect.Reply;
import java.util.List;

/**
 * OpenAI's error body. Its edge (credentials, unknown models and paths, limits) indents by four, ends in a line break and
 * names a charset; the API behind it indents by two and does neither.
 */
record OpenAiError(int status, String message, String type, String param, String code) {

    private static final String EDGE_TYPE = "application/json; charset=utf-8";
    private static final String API_TYPE = "application/json";

    static OpenAiError invalidRequest(int status, String message, String param, String code) {
        return new OpenAiError(status, message, "invalid_request_error", param, code);
    }

    Reply edge() {
        return new Reply(status, EDGE_TYPE, json("\n    ", "\n        ") + "\n", List.of());
    }

    Reply api() {
        return new Reply(status, API_TYPE, json("\n  ", "\n    "), List.of());
    }

    /** The body on one line, as it stands in an event. */
    String compact() {
        return json("", "");
    }

    private String json(String outer, String inner) {
        boolean spaced = !outer.isEmpty();
        String comma = "," + inner;
        String colon = spaced ? ": " : ":";
        return "{" + outer + "\"error\"" + colon + "{" + inner
                + "\"message\"" + colon + quoted(message) + comma
                + "\"type\"" + colon + quoted(type) + comma
                + "\"param\"" + colon + quoted(param) + comma
                + "\"code\"" + colon + quoted(code) + outer
                + "}" + (spaced ? "\n" : "") + "}";
    }

    private static String quoted(String value) {
        if (value == null) {
            return "null";
        }
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(value)) + "\"";
    }
}
