package dev.fairlead.sidecar.telemetry;

/** Builds a logfmt line: decides what needs quotes and makes every control character harmless. */
final class LogfmtLine {
    /** Characters of a value that are shown. */
    static final int MAX_VALUE = 4_096;

    private final StringBuilder line = new StringBuilder(160);

    /** A word that is known to be plain. */
    LogfmtLine word(String word) {
        separate();
        line.append(word);
        return this;
    }

    /** A value without a key. */
    LogfmtLine value(String value) {
        separate();
        append(value == null ? "null" : value);
        return this;
    }

    LogfmtLine pair(String key, String value) {
        separate();
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            line.append(c > ' ' && c < 0x7f && c != '=' && c != '"' && c != '\\' ? c : '_');
        }
        line.append('=');
        append(value);
        return this;
    }

    void end() {
        line.append('\n');
    }

    /** A line of its own that cannot be taken for an event. */
    void indented(String text) {
        line.append("    ");
        escape(text);
        line.append('\n');
    }

    private void separate() {
        if (!line.isEmpty()) {
            line.append(' ');
        }
    }

    private void append(String value) {
        if (isPlain(value)) {
            line.append(value);
        } else {
            line.append('"');
            escape(value);
            line.append('"');
        }
    }

    private static boolean isPlain(String value) {
        if (value.isEmpty() || value.length() > MAX_VALUE) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '"' || c == '=' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    private void escape(String value) {
        int end = Math.min(value.length(), MAX_VALUE);
        int codePoint;
        for (int i = 0; i < end; i += Character.charCount(codePoint)) {
            codePoint = value.codePointAt(i);
            switch (codePoint) {
                case '"' -> line.append("\\\"");
                case '\\' -> line.append("\\\\");
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> {
                    if (isHarmless(codePoint)) {
                        line.appendCodePoint(codePoint);
                    } else {
                        unicodeEscape(value, i, Character.charCount(codePoint));
                    }
                }
            }
        }
        if (end < value.length()) {
            line.append('…');
        }
    }

    /** Not one that ends lines, steers terminals or turns the direction of text. */
    private static boolean isHarmless(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    private void unicodeEscape(String value, int at, int chars) {
        for (int i = at; i < at + chars; i++) {
            line.append(String.format("\\u%04x", (int) value.charAt(i)));
        }
    }

    @Override
    public String toString() {
        return line.toString();
    }
}
