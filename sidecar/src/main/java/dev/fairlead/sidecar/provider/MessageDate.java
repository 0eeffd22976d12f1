package dev.fairlead.sidecar.provider;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the point in time at which access comes back out of a message: {@code on 2026-04-01 at 00:00 UTC}. */
final class MessageDate {
    private static final Pattern DATE = Pattern.compile(
            "(?<!\\d)(\\d{4})-(\\d{2})-(\\d{2})(?:(?:[t ]| at )(\\d{2}):(\\d{2})(?::(\\d{2}))?)?(?:\\.\\d{1,9})?( ?(?:utc|gmt|z))?(?!\\d)");

    private MessageDate() {}

    /**
     * Milliseconds until the latest date that the message names, or {@link Resets#NONE} when it names none to come.
     *
     * @param zone of dates that name none; {@code null} for UTC
     */
    static long msUntil(String text, ZoneId zone, long nowEpochMs) {
        long longest = Resets.NONE;
        Matcher date = DATE.matcher(text);
        while (date.find()) {
            try {
                LocalDateTime local = LocalDateTime.of(
                        number(date, 1),
                        number(date, 2),
                        number(date, 3),
                        number(date, 4),
                        number(date, 5),
                        number(date, 6));
                ZoneId of = zone == null || date.group(7) != null ? ZoneOffset.UTC : zone;
                longest = Math.max(
                        longest, Resets.until(local.atZone(of).toInstant().toEpochMilli(), nowEpochMs));
            } catch (DateTimeException noSuchDay) {
                // A number that looks like a date, such as a version; the next one may be one.
            }
        }
        return longest <= 0 ? Resets.NONE : longest;
    }

    private static int number(Matcher date, int group) {
        return date.group(group) == null ? 0 : Integer.parseInt(date.group(group));
    }
}
