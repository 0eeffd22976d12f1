package dev.fairlead.sidecar.provider;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * What a caller sent, to tell what a provider says from what it repeats: {@code Invalid value: 'credit balance'} is no word
 * about an account. The call is read anew each time it is asked, which only errors do: linear in its length, and nothing of
 * it is kept.
 *
 * <p>A provider repeats names and values from their beginning or to their end. So words in a short text are the caller's
 * wherever they stand in it; in a long one only when the provider's message also has all that leads up to them, or all that
 * follows: who writes about credit balances at length does not hide that the account's is empty.
 */
public final class CallerWords {
    /** Nothing is known of the call: every word is the provider's. */
    public static final CallerWords NONE = new CallerWords(new byte[0], List.of());

    private static final int SHORT = 256;

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
     * Whether these words of a provider's message are an echo. A call that cannot be read could hold anything, so for it they
     * are.
     *
     * @param words lower case
     * @param message lower case
     */
    boolean wrote(String words, String message) {
        for (CharSequence header : headers) {
            if (wrote(header.toString(), words, message)) {
                return true;
            }
        }
        try (JsonParser parser = JSON.createParser(body)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                boolean text = token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME;
                if (text && mayHold(parser, words) && wrote(parser.getText(), words, message)) {
                    return true;
                }
            }
            return false;
        } catch (IOException unreadable) {
            return true;
        }
    }

    /** A look without a copy: most of what is sent is long and holds nothing of the kind. */
    private static boolean mayHold(JsonParser parser, String words) throws IOException {
        char[] text = parser.getTextCharacters();
        int last = parser.getTextOffset() + parser.getTextLength() - words.length();
        for (int at = parser.getTextOffset(); at <= last; at++) {
            int same = 0;
            while (same < words.length() && like(text[at + same], words.charAt(same))) {
                same++;
            }
            if (same == words.length()) {
                return true;
            }
        }
        return false;
    }

    private static boolean like(char written, char lower) {
        return written == lower || Character.toLowerCase(written) == lower || (written == '\u2019' && lower == '\'');
    }

    private static boolean wrote(String text, String words, String message) {
        String lower = text.toLowerCase(Locale.ROOT).replace('\u2019', '\'');
        int at = lower.indexOf(words);
        if (at < 0 || lower.length() <= SHORT) {
            return at >= 0;
        }
        String said = bare(message);
        for (; at >= 0; at = lower.indexOf(words, at + 1)) {
            int end = at + words.length();
            boolean fromItsBeginning = end <= message.length() && said.contains(bare(lower.substring(0, end)));
            boolean toItsEnd = lower.length() - at <= message.length() && said.contains(bare(lower.substring(at)));
            if (fromItsBeginning || toItsEnd) {
                return true;
            }
        }
        return false;
    }

    /** Letters and digits alone, without what quoting and escaping add: {@code "a\n\"b\""} and {@code a "b"} are the same. */
    private static String bare(String text) {
        StringBuilder bare = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
                bare.append(c);
            }
        }
        return bare.toString();
    }
}
