package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.provider.ProviderProfile;
import java.util.List;

/**
 * A pool of the configuration in force.
 *
 * @param id {@code namespace/name}, one string for all records and metrics
 * @param upstreams the way to the provider from each loop
 */
public record LivePool(
        String id,
        PoolConfig config,
        ProviderProfile provider,
        PoolHandle keys,
        List<Upstream> upstreams,
        StreamOptionsMemory streamOptions) {

    /** Whether the provider has such an endpoint. */
    boolean offers(Endpoint endpoint) {
        return pathOf(endpoint) != null;
    }

    /** The path of an endpoint below the base URL; {@code null} when the provider has no such endpoint. */
    String path(Endpoint endpoint) {
        return ProviderProfile.pathBelow(config.baseUrl(), pathOf(endpoint));
    }

    private String pathOf(Endpoint endpoint) {
        return switch (endpoint) {
            case CHAT_COMPLETIONS -> provider.endpoints().chat();
            case RESPONSES -> provider.endpoints().responses();
            case EMBEDDINGS -> provider.endpoints().embeddings();
            case MODELS -> provider.endpoints().models();
        };
    }
}
