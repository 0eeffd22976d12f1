package dev.fairlead.sidecar.provider;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.OptionalLong;

/** Finds the end of a failure in what a response says, following a rule's {@link ResetSource}. Safe on every thread. */
final class RetryHints {
    private final LimitHeaders limits;

    RetryHints(LimitHeaders limits) {
        this.limits = limits;
    }

    /**
     * @param resetMs milliseconds from now, at least 1, or empty
     * @param sentinel a wait was sent, and none that was sent is a time
     */
    record Found(OptionalLong resetMs, boolean sentinel) {
        static final Found NOTHING = new Found(OptionalLong.empty(), false);

        static Found of(long ms) {
            return ms > 0 ? new Found(OptionalLong.of(ms), false) : NOTHING;
        }
    }

    Found find(ResetSource source, ErrorFacts facts, HeaderLookup headers, long nowEpochMs) {
        return switch (source.kind()) {
            case NONE -> Found.NOTHING;
            case HINTS -> hints(facts, headers, nowEpochMs, false);
            case LIMITS -> hints(facts, headers, nowEpochMs, true);
            case DATE -> Found.of(MessageDate.msUntil(facts.text(), source.zone(), nowEpochMs));
            case MIDNIGHT -> Found.of(msUntilMidnight(source.zone(), nowEpochMs));
            case HINTS_OR_MIDNIGHT -> {
                Found said = hints(facts, headers, nowEpochMs, false);
                yield said.resetMs().isPresent() ? said : Found.of(msUntilMidnight(source.zone(), nowEpochMs));
            }
        };
    }

    private Found hints(ErrorFacts facts, HeaderLookup headers, long nowEpochMs, boolean andLimits) {
        String seconds = headers.get("retry-after");
        String millis = headers.get("retry-after-ms");
        String azureMillis = headers.get("x-ms-retry-after-ms");
        // Where hints contradict each other the larger one is the one that does not burn another refusal.
        long ms = Math.max(
                Resets.parse(seconds, nowEpochMs),
                Math.max(Resets.parseMillis(millis), Resets.parseMillis(azureMillis)));
        for (String wait : facts.waits()) {
            ms = Math.max(ms, Resets.parse(wait, nowEpochMs));
        }
        long said = MessageWait.ms(facts.text());
        // Gemini cuts its RetryInfo down to whole seconds; the message then holds the exact figure.
        if (ms <= 0 || (said > ms && said < ms + 1_000)) {
            ms = Math.max(ms, said);
        }
        if (ms <= 0 && andLimits) {
            ms = limits.read(headers, nowEpochMs).exhaustedForMs();
        }
        boolean sent = seconds != null || millis != null || azureMillis != null;
        boolean sentinel = ms <= 0 && (sent || !facts.waits().isEmpty() || (andLimits && limits.hasReset(headers)));
        return sentinel ? new Found(OptionalLong.empty(), true) : Found.of(ms);
    }

    private static long msUntilMidnight(ZoneId zone, long nowEpochMs) {
        LocalDate today = Instant.ofEpochMilli(bounded(nowEpochMs)).atZone(zone).toLocalDate();
        return Resets.until(today.plusDays(1).atStartOfDay(zone).toInstant().toEpochMilli(), nowEpochMs);
    }

    /** A clock outside the years 1970 to 9999 is broken; it must not break the arithmetic of dates as well. */
    static long bounded(long nowEpochMs) {
        long last = LocalDate.of(9999, 12, 1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant()
                .toEpochMilli();
        return Math.max(0, Math.min(nowEpochMs, last));
    }
}
