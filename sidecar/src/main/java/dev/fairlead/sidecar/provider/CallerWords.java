package dev.fairlead.sidecar.provider;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * What a caller sent, to tell what a provider says from what it repeats: {@code Invalid value: 'credit balance'} is no word
 * about an account. Nothing of it is kept but the call itself, which only errors read.
 *
 * <p>A provider repeats names and values whole, or from their beginning, or to their end, and sets them apart from its own
 * words. So what a caller writes about credit balances, in a prompt that is the same in all its calls or anywhere else, does
 * not hide that the account's is empty: {@code Your credit balance is too low} sets nothing apart.
 */
public final class CallerWords {
    /** Nothing is known of the call: every word is the provider's. */
    public static final CallerWords NONE = new CallerWords(new byte[0], List.of());

    /** How often each byte of a call may be looked at; real messages have few marks and need less. */
    private static final long LOOKS = 16;

    private static final long LEAST_LOOKS = 1 << 16;

    // The names are as many as callers think up: no table of them.
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private final byte[] body;
    private final List<CharSequence> headers;

    /**
     * @param body the call as JSON; not copied
     * @param headers what else of the caller's reached the provider
     */
    public CallerWords(byte[] body, List<CharSequence> headers) {
        this.body = body;
        this.headers = headers;
    }

    /**
     * Compares each text of the call with each of these, in one pass over it.
     *
     * @return false if the call cannot be read, or not with reasonable effort, so that it may hold anything
     */
    boolean compareTo(List<Repetition> messages) {
        long left = LOOKS * body.length + LEAST_LOOKS;
        for (CharSequence header : headers) {
            char[] text = header.toString().toCharArray();
            left -= compare(messages, text, 0, text.length, left);
        }
        try (JsonParser parser = JSON.createParser(body)) {
            for (JsonToken token = parser.nextToken(); token != null && left >= 0; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME) {
                    char[] text = parser.getTextCharacters();
                    int from = parser.getTextOffset();
                    left -= compare(messages, text, from, from + parser.getTextLength(), left);
                }
            }
            return left >= 0;
        } catch (IOException unreadable) {
            return false;
        }
    }

    /**
     * Whether a provider's error names a field of the request of its own accord: as a word by itself, and not since the call says so.
     *
     * @param field lower case
     * @param error the error's body, of which the first {@value ErrorClassifier#MAX_BODY_BYTES} bytes are looked at
     */
    public boolean unsaid(String field, byte[] error) {
        int length = Math.min(error.length, ErrorClassifier.MAX_BODY_BYTES);
        var text = new String(error, 0, length, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        for (int at = text.indexOf(field); at >= 0; at = text.indexOf(field, at + 1)) {
            int end = at + field.length();
            boolean word =
                    (at == 0 || !inName(text.charAt(at - 1))) && (end == text.length() || !inName(text.charAt(end)));
            if (word) {
                return !new Echo(this, text).holds(field);
            }
        }
        return false;
    }

    private static boolean inName(char c) {
        return c == '_' || c == '-' || Character.isLetterOrDigit(c);
    }

    private static long compare(List<Repetition> messages, char[] text, int from, int to, long most) {
        long compared = 0;
        for (Repetition message : messages) {
            compared += message.compare(text, from, to, most - compared);
        }
        return compared;
    }
}
