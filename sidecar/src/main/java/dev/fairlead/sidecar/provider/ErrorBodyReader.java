package dev.fairlead.sidecar.provider;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Reads error bodies of every provider into {@link ErrorFacts}: OpenAI's {@code {error:{message,type,code}}}, Google's list of
 * errors with details, {@code {message}}, {@code {detail}}, a string as error, AWS' {@code __type}, HTML, plain text, nothing.
 *
 * <p>Reads token by token and keeps what it has found when the rest is cut off or broken. Fields that echo the caller's own
 * data are not looked at. Safe on every thread.
 */
final class ErrorBodyReader {
    private static final int MAX_DEPTH = 12;

    private final JsonFactory json = new JsonFactory();

    /** Which object a field stands in. */
    private enum Place {
        ROOT,
        ERROR,
        INNER,
        DETAIL,
        METADATA,
        HEADERS;

        /** The place below a field, {@code null} for what is not looked at. */
        Place below(String field) {
            return switch (field) {
                case "error", "errors" -> this == ROOT || this == ERROR ? ERROR : null;
                case "response" -> this == ROOT ? ROOT : null;
                case "detail" -> this == ROOT || this == ERROR ? INNER : null;
                case "innererror", "inner_error" -> this == ERROR ? INNER : null;
                case "base_resp" -> this == ROOT ? INNER : null;
                case "details" -> this == ROOT || this == ERROR ? DETAIL : null;
                case "violations" -> this == DETAIL ? DETAIL : null;
                case "metadata" -> this == ERROR ? METADATA : null;
                case "headers" -> this == METADATA ? HEADERS : null;
                default -> null;
            };
        }
    }

    ErrorFacts read(int status, HeaderLookup headers, byte[] body) {
        FactsBuilder facts = new FactsBuilder();
        facts.code(beforeColon(headers.get("x-amzn-errortype")));
        facts.code(headers.get("x-ms-error-code"));
        int length = body == null ? 0 : Math.min(body.length, ErrorClassifier.MAX_BODY_BYTES);
        BodyKind kind = kind(body, length, headers);
        switch (kind) {
            case JSON -> {
                readJson(body, length, facts);
                if (facts.isEmpty()) {
                    facts.message(text(body, length));
                }
            }
            case HTML -> facts.message(title(text(body, length)));
            case TEXT -> facts.message(text(body, length));
            case EMPTY -> {}
        }
        return facts.build(status, kind);
    }

    private static BodyKind kind(byte[] body, int length, HeaderLookup headers) {
        int start = firstPrintable(body, length);
        if (start == length) {
            return BodyKind.EMPTY;
        }
        if (body[start] == '{' || body[start] == '[' || body[start] == '"') {
            return BodyKind.JSON;
        }
        String head =
                new String(body, start, Math.min(64, length - start), StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        if (head.startsWith("data:") || head.startsWith("event:")) {
            return BodyKind.JSON;
        }
        String type = headers.get("content-type");
        boolean html = head.startsWith("<!doctype") || head.startsWith("<html") || head.startsWith("<head");
        boolean saysHtml = type != null && type.toLowerCase(Locale.ROOT).contains("html");
        return html || (saysHtml && head.startsWith("<")) ? BodyKind.HTML : BodyKind.TEXT;
    }

    private static int firstPrintable(byte[] body, int length) {
        int at = 0;
        while (at < length && ((body[at] <= ' ' && body[at] >= 0) || isByteOrderMark(body[at]))) {
            at++;
        }
        return at;
    }

    private static boolean isByteOrderMark(byte b) {
        return b == (byte) 0xEF || b == (byte) 0xBB || b == (byte) 0xBF;
    }

    private void readJson(byte[] body, int length, FactsBuilder facts) {
        int start = firstPrintable(body, length);
        if (body[start] == 'd' || body[start] == 'e' || body[start] == 'D' || body[start] == 'E') {
            // A stream's framing around the error.
            while (start < length && body[start] != '{') {
                start++;
            }
        }
        try (JsonParser parser = json.createParser(body, start, length - start)) {
            JsonToken token = parser.nextToken();
            if (token != null) {
                value(parser, Place.ROOT, "error", facts, 0);
            }
        } catch (IOException cutOffOrBroken) {
            // What was found before the break is all there is.
        }
    }

    private static void value(JsonParser parser, Place place, String field, FactsBuilder facts, int depth)
            throws IOException {
        JsonToken token = parser.currentToken();
        if (token.isStructStart() && (place == null || depth > MAX_DEPTH)) {
            parser.skipChildren();
        } else if (token == JsonToken.START_ARRAY) {
            while (next(parser) != JsonToken.END_ARRAY) {
                value(parser, place, field, facts, depth + 1);
            }
        } else if (token == JsonToken.START_OBJECT) {
            while (next(parser) != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                next(parser);
                JsonToken inside = parser.currentToken();
                value(parser, inside.isStructStart() ? place.below(name) : place, name, facts, depth + 1);
            }
        } else if (place == Place.HEADERS) {
            facts.header(field, parser.getText());
        } else if (place != null && token.isScalarValue()) {
            facts.scalar(field, parser.getText());
        }
    }

    private static JsonToken next(JsonParser parser) throws IOException {
        JsonToken token = parser.nextToken();
        if (token == null) {
            throw new IOException("cut off");
        }
        return token;
    }

    private static String text(byte[] body, int length) {
        return new String(body, 0, length, StandardCharsets.UTF_8);
    }

    private static String title(String html) {
        String lower = html.toLowerCase(Locale.ROOT);
        int from = lower.indexOf("<title");
        int open = from < 0 ? -1 : lower.indexOf('>', from);
        int to = open < 0 ? -1 : lower.indexOf("</title", open);
        return to < 0 ? "" : lower.substring(open + 1, to);
    }

    private static String beforeColon(String value) {
        int colon = value == null ? -1 : value.indexOf(':');
        return colon < 0 ? value : value.substring(0, colon);
    }
}
