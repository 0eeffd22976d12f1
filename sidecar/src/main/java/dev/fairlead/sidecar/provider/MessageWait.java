package dev.fairlead.sidecar.provider;

import java.util.List;

/** Reads a wait out of a message: {@code Please try again in 9m38.016s}, {@code retry after 60 seconds}. */
final class MessageWait {
    private static final List<String> LEADS = List.of(
            "try again in ",
            "try again after ",
            "retry in ",
            "retry after ",
            "retry your request in ",
            "wait for ",
            "wait ",
            "reset in ",
            "resets in ",
            "reset after ");

    private MessageWait() {}

    /** Milliseconds, or {@link Resets#NONE} when the message names no wait with a unit. The text is in lower case. */
    static long ms(String text) {
        long longest = Resets.NONE;
        for (String lead : LEADS) {
            for (int at = text.indexOf(lead); at >= 0; at = text.indexOf(lead, at + 1)) {
                long nanos = new DurationCursor(text, at + lead.length()).prefix();
                longest = Math.max(longest, nanos < 0 ? Resets.NONE : Resets.millis(nanos));
            }
        }
        return longest;
    }
}
