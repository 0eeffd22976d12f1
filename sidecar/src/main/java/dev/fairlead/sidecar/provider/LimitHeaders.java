package dev.fairlead.sidecar.provider;

import dev.fairlead.sidecar.provider.LimitSnapshot.Reading;
import java.util.List;
import java.util.Map;

/** Reads a provider's limit headers; cheap enough for every response. Immutable, safe on every thread. */
public final class LimitHeaders {
    /** The names of the limits, in the order of the components of {@link LimitSnapshot}. */
    static final List<String> LIMITS = List.of("requests", "requestsPerDay", "tokens", "inputTokens", "outputTokens");

    private final Limit[] limits;

    /** @param shapes by the names of {@link #LIMITS} */
    LimitHeaders(Map<String, List<Names>> shapes) {
        limits = LIMITS.stream()
                .map(name -> new Limit(shapes.getOrDefault(name, List.of())))
                .toArray(Limit[]::new);
    }

    /** The header names of one limit, lower case; {@code null} where the provider has no such header. */
    record Names(String limit, String remaining, String reset) {}

    /**
     * What the provider says about its limits.
     *
     * @return {@link LimitSnapshot#NOTHING} when the response carries nothing usable
     */
    public LimitSnapshot read(HeaderLookup headers, long nowEpochMs) {
        var read = new LimitSnapshot(
                limits[0].read(headers, nowEpochMs),
                limits[1].read(headers, nowEpochMs),
                limits[2].read(headers, nowEpochMs),
                limits[3].read(headers, nowEpochMs),
                limits[4].read(headers, nowEpochMs));
        return read.equals(LimitSnapshot.NOTHING) ? LimitSnapshot.NOTHING : read;
    }

    /** Whether a reset header is there although {@link #read} found no time to wait in it: 0, -1, in the past, garbage. */
    boolean hasReset(HeaderLookup headers) {
        for (var limit : limits) {
            if (limit.hasReset(headers)) {
                return true;
            }
        }
        return false;
    }

    /** One limit, and the shapes in which a provider of this type may write it. */
    private record Limit(List<Names> shapes) {
        Limit {
            shapes = List.copyOf(shapes);
        }

        boolean hasReset(HeaderLookup headers) {
            for (var names : shapes) {
                if (names.reset != null && headers.get(names.reset) != null) {
                    return true;
                }
            }
            return false;
        }

        /** The first shape that is present wins: a provider uses one of them. */
        Reading read(HeaderLookup headers, long nowEpochMs) {
            for (int i = 0; i < shapes.size(); i++) {
                var names = shapes.get(i);
                String remaining = names.remaining == null ? null : headers.get(names.remaining);
                String limit = names.limit == null ? null : headers.get(names.limit);
                if (remaining == null && limit == null) {
                    continue;
                }
                String reset = names.reset == null ? null : headers.get(names.reset);
                long theirNow = Resets.absolute(reset) ? ProviderClock.now(headers, nowEpochMs) : nowEpochMs;
                var read = new Reading(count(remaining), count(limit), Resets.parse(reset, theirNow));
                // -1/-1/0 is how Azure says that it does not know: the 0 is no time either.
                return read.remaining() < 0 && read.limit() < 0 ? Reading.SILENT : read;
            }
            return Reading.SILENT;
        }
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
