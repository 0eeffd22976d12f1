package dev.fairlead.sidecar.provider;

/** Reads {@code Limit 30000, Used 12, Requested 31538} out of a message: such a request never fits, however long it waits. */
final class RequestedAmount {
    private RequestedAmount() {}

    /** Whether the message names both amounts and the requested one is larger. The text is in lower case. */
    static boolean exceedsLimit(String text) {
        long limit = after(text, "limit");
        return limit >= 0 && after(text, "requested") > limit;
    }

    /** The number after the last occurrence of the word that has one, with or without a colon; -1 for none. */
    private static long after(String text, String word) {
        for (int at = text.lastIndexOf(word); at >= 0; at = text.lastIndexOf(word, at - 1)) {
            int from = at + word.length();
            from += text.startsWith(":", from) ? 1 : 0;
            long amount = text.startsWith(" ", from) ? amount(text, from + 1) : -1;
            if (amount >= 0) {
                return amount;
            }
        }
        return -1;
    }

    /** Digits with or without commas between the thousands. */
    private static long amount(String text, int from) {
        long amount = -1;
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            boolean separator =
                    c == ',' && amount >= 0 && at + 1 < text.length() && Resets.isDigit(text.charAt(at + 1));
            if (Resets.isDigit(c) && amount < Long.MAX_VALUE / 10 - 1) {
                amount = Math.max(amount, 0) * 10 + (c - '0');
            } else if (!separator) {
                break;
            }
        }
        return amount;
    }
}
