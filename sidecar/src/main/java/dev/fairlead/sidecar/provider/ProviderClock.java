package dev.fairlead.sidecar.provider;

/**
 * The time at the provider, by its response's own {@code date}: what it writes as a point in time was meant by that clock, and
 * one of the two may be an hour off.
 */
final class ProviderClock {
    /** A date has whole seconds, and an answer takes a while: less than this is no difference. */
    private static final long SAME_MS = 5_000;

    private ProviderClock() {}

    /** The provider's time, or ours where it names none that makes sense or nearly the same. */
    static long now(HeaderLookup headers, long nowEpochMs) {
        String date = headers.get("date");
        if (date == null) {
            return nowEpochMs;
        }
        long theirs = Resets.httpDateEpochMs(date.strip());
        long off = Math.abs(theirs - nowEpochMs);
        return theirs == Resets.NONE || off <= SAME_MS || off > Resets.LONGEST_MS ? nowEpochMs : theirs;
    }
}
