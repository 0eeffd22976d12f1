package dev.fairlead.sidecar.provider;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What a provider's message repeats of the call. The call is read when it is first asked, and once, however many phrases are
 * asked about. One thread.
 */
final class Echo {
    /** A message may be JSON in JSON in JSON. */
    private static final int MOST_ESCAPED = 3;

    private final CallerWords caller;
    private final String message;
    private List<Repetition> read;
    private boolean legible;

    /** @param message lower case */
    Echo(CallerWords caller, String message) {
        this.caller = caller;
        this.message = message;
    }

    /** Whether these words of the message, in lower case, may be the caller's. Those of a call that cannot be read may. */
    boolean holds(String words) {
        if (read == null) {
            read = spellings(message);
            legible = caller.compareTo(read);
        }
        return !legible || read.stream().anyMatch(spelling -> spelling.holds(words));
    }

    /** As it stands, and without the escapes: {@code \ncredit} may be a new line and a word, or a word after a backslash. */
    private static List<Repetition> spellings(String message) {
        var spellings = new ArrayList<Repetition>();
        String spelt = message;
        spellings.add(new Repetition(spelt));
        for (int i = 0; i < MOST_ESCAPED && spelt.indexOf('\\') >= 0; i++) {
            spelt = unescaped(spelt);
            spellings.add(new Repetition(spelt));
        }
        return spellings;
    }

    private static String unescaped(String text) {
        var plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                plain.append(c);
                continue;
            }
            char kind = text.charAt(++i);
            int digits = kind == 'u' ? 4 : kind == 'x' ? 2 : 0;
            if (digits > 0 && isHex(text, i + 1, digits)) {
                char meant = (char) HexFormat.fromHexDigits(text, i + 1, i + 1 + digits);
                plain.append(Character.toLowerCase(meant));
                i += digits;
            } else {
                plain.append("bfnrt".indexOf(kind) >= 0 ? '\n' : kind);
            }
        }
        return plain.toString();
    }

    private static boolean isHex(String text, int from, int digits) {
        return from + digits <= text.length()
                && text.substring(from, from + digits).chars().allMatch(HexFormat::isHexDigit);
    }
}
