package dev.fairlead.sidecar.provider;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** All provider types of this build. Immutable and safe on every thread. */
public final class ProviderProfiles {
    private final Map<String, ProviderProfile> byType;

    ProviderProfiles(Map<String, ProviderProfile> byType) {
        this.byType = new TreeMap<>(byType);
    }

    /**
     * Reads every profile of the class path; once, at start.
     *
     * @throws IllegalStateException naming the file and the field when a file of the build is broken
     */
    public static ProviderProfiles load() {
        return new ProviderProfiles(new ProfileReader(ProviderProfiles.class::getResourceAsStream).readAll());
    }

    /** The type names, sorted. */
    public Set<String> types() {
        return Collections.unmodifiableSet(byType.keySet());
    }

    /**
     * The profile of a type.
     *
     * @throws UnknownProviderException when there is none; the message lists what there is
     */
    public ProviderProfile get(String type) {
        ProviderProfile profile = byType.get(type);
        if (profile == null) {
            throw new UnknownProviderException(type, byType.keySet());
        }
        return profile;
    }
}
