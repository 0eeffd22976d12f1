package dev.fairlead.sidecar.provider;

import java.util.List;

/** Reads a provider's limit headers; cheap enough for every response. Immutable, safe on every thread. */
public final class LimitHeaders {
    private final List<Names> requests;
    private final List<Names> tokens;

    LimitHeaders(List<Names> requests, List<Names> tokens) {
        this.requests = List.copyOf(requests);
        this.tokens = List.copyOf(tokens);
    }

    /** The header names of one dimension, lower case; {@code null} where the provider has no such header. */
    record Names(String limit, String remaining, String reset) {}

    /**
     * What the provider says about its limits.
     *
     * @return {@link LimitSnapshot#NOTHING} when the response carries nothing usable
     */
    public LimitSnapshot read(HeaderLookup headers, long nowEpochMs) {
        Dimension r = dimension(requests, headers, nowEpochMs);
        Dimension t = dimension(tokens, headers, nowEpochMs);
        if (r.equals(Dimension.SILENT) && t.equals(Dimension.SILENT)) {
            return LimitSnapshot.NOTHING;
        }
        return new LimitSnapshot(r.remaining, r.limit, r.resetMs, t.remaining, t.limit, t.resetMs);
    }

    /** Whether a reset header is there although {@link #read} found no time to wait in it: 0, -1, in the past, garbage. */
    boolean hasReset(HeaderLookup headers) {
        return hasReset(requests, headers) || hasReset(tokens, headers);
    }

    private static boolean hasReset(List<Names> shapes, HeaderLookup headers) {
        for (Names names : shapes) {
            if (names.reset != null && headers.get(names.reset) != null) {
                return true;
            }
        }
        return false;
    }

    private record Dimension(long remaining, long limit, long resetMs) {
        static final Dimension SILENT = new Dimension(-1, -1, -1);
    }

    /** The first shape that is present wins: a provider uses one of them. */
    private static Dimension dimension(List<Names> shapes, HeaderLookup headers, long nowEpochMs) {
        for (int i = 0; i < shapes.size(); i++) {
            Names names = shapes.get(i);
            String remaining = names.remaining == null ? null : headers.get(names.remaining);
            String limit = names.limit == null ? null : headers.get(names.limit);
            if (remaining == null && limit == null) {
                continue;
            }
            String reset = names.reset == null ? null : headers.get(names.reset);
            long theirNow = Resets.absolute(reset) ? ProviderClock.now(headers, nowEpochMs) : nowEpochMs;
            Dimension read = new Dimension(count(remaining), count(limit), Resets.parse(reset, theirNow));
            // -1/-1/0 is how Azure says that it does not know: the 0 is no time either.
            return read.remaining < 0 && read.limit < 0 ? Dimension.SILENT : read;
        }
        return Dimension.SILENT;
    }

    /** A whole number; decimals and what follows a comma or semicolon ({@code 100;w=60}) are left aside. */
    private static long count(String value) {
        if (value == null) {
            return LimitSnapshot.UNKNOWN;
        }
        long count = LimitSnapshot.UNKNOWN;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Resets.isDigit(c)) {
                if (count > Long.MAX_VALUE / 10 - 1) {
                    return LimitSnapshot.UNKNOWN;
                }
                count = Math.max(count, 0) * 10 + (c - '0');
            } else if (c == '.' || c == ',' || c == ';') {
                break;
            } else if (c != ' ') {
                return LimitSnapshot.UNKNOWN;
            }
        }
        return count;
    }
}
