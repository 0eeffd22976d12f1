package dev.fairlead.sidecar.dialect;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Writes random JSON in all its legal spellings: white space, escapes, numbers, nesting, every plane of Unicode. */
public final class RandomJson {
    private static final String[] SPACES = {"", "", "", " ", "\n", "\t", "\r\n", "   "};
    private static final String[] NUMBERS = {
        "0", "-0", "1", "-17", "123456789012345678901234567890", "0.5", "-0.0", "1e5", "1E-7", "2.50e+3", "10", "907"
    };
    private static final String SHORT_ESCAPES = "\"\\/bfnrt";

    private final Random random;
    private final StringBuilder out = new StringBuilder();

    public RandomJson(Random random) {
        this.random = random;
    }

    /** Any value, at most {@code depth} containers deep. */
    public static String value(Random random, int depth) {
        var json = new RandomJson(random);
        json.space();
        json.appendValue(depth);
        json.space();
        return json.out.toString();
    }

    /** A string in quotes. */
    public static String string(Random random) {
        var json = new RandomJson(random);
        json.appendString(false);
        return json.out.toString();
    }

    /** The same text in quotes, each character spelled in one of its legal ways. */
    public static String spelled(Random random, String text) {
        var json = new RandomJson(random);
        json.out.append('"');
        text.codePoints().forEach(c -> {
            boolean must = c < ' ' || c == '"' || c == '\\';
            if (must || random.nextInt(3) == 0) {
                for (char unit : Character.toChars(c)) {
                    json.appendEscape(unit);
                }
            } else {
                json.out.appendCodePoint(c);
            }
        });
        return json.out.append('"').toString();
    }

    /** The bytes with a few of them changed, left out, doubled or moved. */
    public static byte[] mutated(Random random, byte[] bytes) {
        byte[] result = bytes.clone();
        for (int n = random.nextInt(3); n >= 0 && result.length > 0; n--) {
            int at = random.nextInt(result.length);
            result = switch (random.nextInt(5)) {
                case 0 -> replaced(result, at, (byte) random.nextInt(256));
                case 1 -> replaced(result, at, (byte) "{}[]:,\"\\ 0-.eEtfnu/\n".charAt(random.nextInt(20)));
                case 2 -> joined(result, 0, at, result, at + 1, result.length);
                case 3 -> joined(result, 0, at, result, random.nextInt(at + 1), result.length);
                default -> joined(result, 0, at, result, result.length, result.length);
            };
        }
        return result;
    }

    private static byte[] replaced(byte[] bytes, int at, byte by) {
        bytes[at] = by;
        return bytes;
    }

    private static byte[] joined(byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo) {
        byte[] joined = new byte[aTo - aFrom + bTo - bFrom];
        System.arraycopy(a, aFrom, joined, 0, aTo - aFrom);
        System.arraycopy(b, bFrom, joined, aTo - aFrom, bTo - bFrom);
        return joined;
    }

    private void appendValue(int depth) {
        switch (random.nextInt(depth > 0 ? 8 : 5)) {
            case 0, 1 -> appendString(false);
            case 2 -> out.append(NUMBERS[random.nextInt(NUMBERS.length)]);
            case 3 -> out.append(random.nextInt());
            case 4 -> out.append(new String[] {"true", "false", "null"}[random.nextInt(3)]);
            case 5 -> appendArray(depth - 1);
            default -> appendObject(depth - 1);
        }
    }

    private void appendArray(int depth) {
        out.append('[');
        space();
        for (int n = random.nextInt(4); n > 0; n--) {
            appendValue(depth);
            space();
            out.append(n > 1 ? "," : "");
            space();
        }
        out.append(']');
    }

    private void appendObject(int depth) {
        out.append('{');
        space();
        for (int n = random.nextInt(4); n > 0; n--) {
            appendString(true);
            space();
            out.append(':');
            space();
            appendValue(depth);
            space();
            out.append(n > 1 ? "," : "");
            space();
        }
        out.append('}');
    }

    private void appendString(boolean name) {
        out.append('"');
        for (int n = random.nextInt(random.nextInt(20) == 0 ? 60 : 9); n > 0; n--) {
            switch (random.nextInt(9)) {
                case 0 -> out.append('\\').append(SHORT_ESCAPES.charAt(random.nextInt(SHORT_ESCAPES.length())));
                case 1 -> appendEscape(random.nextInt(name ? 0xd800 : 0x10000));
                case 2 -> out.append((char) (0x80 + random.nextInt(0x780)));
                case 3 -> out.append((char) (0x800 + random.nextInt(0xd000)));
                case 4 -> out.appendCodePoint(0x10000 + random.nextInt(0x100000));
                default -> appendPlain();
            }
        }
        out.append('"');
    }

    private void appendEscape(int unit) {
        String digits = random.nextBoolean() ? "0123456789abcdef" : "0123456789ABCDEF";
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(digits.charAt((unit >> shift) & 0xf));
        }
    }

    private void appendPlain() {
        char c = (char) (' ' + random.nextInt(0x80 - ' '));
        out.append(c == '"' || c == '\\' ? 'x' : c);
    }

    private void space() {
        out.append(SPACES[random.nextInt(SPACES.length)]);
    }

    /** UTF-8 of a text. */
    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
