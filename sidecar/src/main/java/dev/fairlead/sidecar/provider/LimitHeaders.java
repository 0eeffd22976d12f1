package dev.fairlead.sidecar.provider;

/** Reads a provider's limit headers; cheap enough for every response. */
public final class LimitHeaders {
    /** @return {@link LimitSnapshot#NOTHING} when the response carries none */
    public LimitSnapshot read(HeaderLookup headers, long nowEpochMs) {
        return LimitSnapshot.NOTHING;
    }
}
