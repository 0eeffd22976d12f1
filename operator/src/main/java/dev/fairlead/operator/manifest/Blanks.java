package dev.fairlead.operator.manifest;

/** Cuts off what editors, {@code echo} and clipboards leave around a key, the same as {@code compile} does when it reads one. */
final class Blanks {
    private static final String AROUND = " \t\n\u000B\f\r\uFEFF";

    String trimmed(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isBlank(char c) {
        return AROUND.indexOf(c) >= 0;
    }
}
