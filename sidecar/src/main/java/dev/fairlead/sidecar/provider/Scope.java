package dev.fairlead.sidecar.provider;

import java.util.Locale;

/** What a failure is evidence against, and so what rests after it. */
public enum Scope {
    KEY,
    KEY_MODEL,
    /** Every key of the quota group, for every model. */
    GROUP,
    /** Every key of the quota group, for this model. */
    GROUP_MODEL,
    /** Every key of the pool, for this model, softly. */
    PROVIDER_MODEL,
    /** The base URL: a breaker with a minimum sample, not a cool-down. */
    ENDPOINT,
    /** This target of the route. */
    TARGET,
    /** The key as used from where this process runs. */
    KEY_REGION,
    NOTHING;

    private final String wireName = name().toLowerCase(Locale.ROOT);

    /** The name in records and rule files, for example {@code group_model}. */
    public String wireName() {
        return wireName;
    }

    /** Whether it rests for as long as one says. An endpoint has a breaker instead, and a model that is gone its own rules. */
    public boolean rests() {
        return switch (this) {
            case KEY, KEY_MODEL, GROUP, GROUP_MODEL, PROVIDER_MODEL, KEY_REGION -> true;
            case ENDPOINT, TARGET, NOTHING -> false;
        };
    }
}
