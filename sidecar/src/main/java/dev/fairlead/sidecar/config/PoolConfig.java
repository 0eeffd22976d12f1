package dev.fairlead.sidecar.config;

import java.util.List;

/**
 * One KeyPool: a provider and the keys that pay for it.
 *
 * @param provider the provider's type as in {@code KeyPool.spec.provider.type}; names a profile of the catalogue
 * @param baseUrl the provider's API root without a trailing slash, for example {@code https://api.openai.com/v1}
 * @param auth {@code APIKey} or {@code None}
 * @param strategy {@code Headroom}, {@code RoundRobin}, {@code Weighted} or {@code FillFirst}
 * @param proxy an HTTP CONNECT proxy to the provider, {@code null} for the process's own environment
 * @param caBundle PEM certificates to trust beside the system's, {@code null} for the system's alone
 * @param affinity {@code None}, {@code Session} or {@code Prefix}: which calls stay at one account while it has room
 * @param quotaGroups the limits of accounts, where they are known
 * @param coordination with whom those limits are shared
 */
public record PoolConfig(
        String namespace,
        String name,
        String provider,
        String baseUrl,
        String auth,
        List<KeyConfig> keys,
        String strategy,
        CoolDownConfig coolDown,
        WaitConfig waitingRoom,
        ProxyConfig proxy,
        String caBundle,
        String affinity,
        List<QuotaGroupConfig> quotaGroups,
        CoordinationConfig coordination) {

    public PoolConfig {
        keys = keys == null ? List.of() : List.copyOf(keys);
        auth = auth == null ? "APIKey" : auth;
        strategy = strategy == null ? "Headroom" : strategy;
        coolDown = coolDown == null ? CoolDownConfig.DEFAULT : coolDown;
        waitingRoom = waitingRoom == null ? WaitConfig.DEFAULT : waitingRoom;
        affinity = affinity == null ? "None" : affinity;
        quotaGroups = quotaGroups == null ? List.of() : List.copyOf(quotaGroups);
        coordination = coordination == null ? CoordinationConfig.LOCAL : coordination;
    }

    /** The keys whose accounts pay: those configured, or the anonymous one of a provider that asks for none. */
    public List<KeyConfig> payingKeys() {
        return auth.equals("None") ? List.of(KeyConfig.ANONYMOUS) : keys;
    }

    /** {@code namespace/name}, the identity by which key state survives a config swap. */
    public String id() {
        return namespace + "/" + name;
    }
}
