package dev.fairlead.sidecar.provider;

/** Reads {@code Limit 30000, Used 12, Requested 31538} out of a message: such a request never fits, however long it waits. */
final class RequestedAmount {
    private RequestedAmount() {}

    /** Whether the message names both amounts and the requested one is larger. The text is in lower case. */
    static boolean exceedsLimit(String text) {
        long limit = after(text, "limit ", "limit: ");
        long requested = after(text, "requested ", "requested: ");
        return limit >= 0 && requested > limit;
    }

    private static long after(String text, String word, String otherWord) {
        long amount = after(text, word);
        return amount >= 0 ? amount : after(text, otherWord);
    }

    /** The number after the last occurrence that has one. */
    private static long after(String text, String word) {
        for (int at = text.lastIndexOf(word); at >= 0; at = text.lastIndexOf(word, at - 1)) {
            DurationCursor cursor = new DurationCursor(text, at + word.length());
            if (cursor.number()) {
                return cursor.whole();
            }
        }
        return -1;
    }
}
