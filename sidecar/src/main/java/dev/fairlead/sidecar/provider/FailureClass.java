package dev.fairlead.sidecar.provider;

import java.util.Locale;

/** What a failed attempt means for the key pool. The scope is what the evidence of such a failure usually supports. */
public enum FailureClass {
    /** No provider answered: refused, reset, DNS, TLS, or an intermediary's error page. */
    TRANSPORT(Scope.ENDPOINT),
    /** The account has nothing left to spend; time alone does not help soon. */
    QUOTA(Scope.GROUP),
    /** Too much in a short window. */
    RATE_LIMIT(Scope.GROUP_MODEL),
    /** Too much in a day. */
    DAILY(Scope.GROUP_MODEL),
    /** The provider is busy; no key is at fault. */
    OVERLOADED(Scope.PROVIDER_MODEL),
    /** The provider failed. */
    SERVER(Scope.ENDPOINT),
    /** The provider does not serve where the call comes from. */
    REGION(Scope.KEY_REGION),
    /** The key is wrong, expired or revoked. */
    CREDENTIAL(Scope.KEY),
    /** The key is good, the model is not for it. */
    MODEL_ACCESS(Scope.KEY_MODEL),
    /** The model was withdrawn. */
    MODEL_GONE(Scope.TARGET),
    /** The prompt exceeds the model's window. */
    CONTEXT_WINDOW(Scope.NOTHING),
    /** The provider's content rules refused it. */
    CONTENT_POLICY(Scope.NOTHING),
    /** The request itself is wrong. */
    CALLER_FAULT(Scope.NOTHING),
    /** No rule recognised it; costs no key. */
    UNKNOWN(Scope.NOTHING),
    /** The caller gave up. */
    CALLER_CANCEL(Scope.NOTHING);

    private final Scope usualScope;
    private final String wireName;

    FailureClass(Scope usualScope) {
        this.usualScope = usualScope;
        this.wireName = name().toLowerCase(Locale.ROOT);
    }

    /** What such a failure cools unless the rule knows better. */
    public Scope usualScope() {
        return usualScope;
    }

    /** The name in records, metrics and rule files, for example {@code rate_limit}. */
    public String wireName() {
        return wireName;
    }

    /** Whether such a failure is evidence against something that can rest: only then a rule may name a scope for it. */
    public boolean takesScope() {
        return usualScope.rests() || usualScope == Scope.ENDPOINT;
    }

    /** Whether the provider takes nothing more from a key or account until somebody mends that: it is tried again now and then. */
    public boolean refuses() {
        return this == QUOTA || this == CREDENTIAL;
    }
}
