package dev.fairlead.sidecar.provider;

import java.util.Locale;

/** What a verdict says beside its class. */
public enum Tag {
    /** This request alone exceeds the limit: never wait, never cool; only a larger limit helps. */
    OVERSIZE,
    /** A wait was sent that is no time: -1, 0, in the past, or the provider's number for never. */
    SENTINEL,
    /** The failure depends on this request's size: a smaller one may pass on the same key. */
    SIZE_DEPENDENT,
    /** The account cannot serve what this request asks for, other requests it can; so can another account. */
    ACCOUNT_BOUND,
    /** The limit belongs to the key, not to its account: a sibling key may still work. */
    KEY_SCOPED,
    /** Too many calls at once; one that ends makes room. */
    CONCURRENCY,
    /** The account does not have what the request refers to by an id, or cannot decrypt it: another account may. */
    RESOURCE_MISSING,
    /** The provider has read the request, so it has taken the key before. */
    AUTHENTICATED,
    /** The provider named when it ends; where it did so, and that is still to come, it rests until then and no longer. */
    RESET_AT;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name in records and rule files, for example {@code size_dependent}. */
    public String wireName() {
        return wireName;
    }
}
