package dev.fairlead.sidecar.provider;

import java.util.Collection;

/** A provider type that this build has no profile for. */
public final class UnknownProviderException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    UnknownProviderException(String type, Collection<String> known) {
        super("provider type '" + type + "' is not known to this build, expected one of " + String.join(", ", known)
                + "; a provider that speaks OpenAI's API works as type OpenAICompatible with its baseUrl");
    }
}
