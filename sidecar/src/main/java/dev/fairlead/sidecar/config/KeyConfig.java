package dev.fairlead.sidecar.config;

import java.util.List;

/**
 * One provider key.
 *
 * @param name the key's name in its pool: the only thing about it that may be shown
 * @param group the quota group (account) whose limits it shares
 * @param weight share of the traffic; 0 drains
 * @param fingerprint first 12 hex digits of the SHA-256 of the key material: state is kept under it
 * @param secret the key material; never logged, shown or compared in messages
 * @param priority lower first: a key is used only when those of lower priority cannot take the call now
 * @param models patterns of the provider's model names that the key may be used for; empty for every model
 * @param limits of this key beside those of its account, for all its models together; {@code null} for none
 * @param notAfterMs epoch milliseconds after which it takes no new calls; {@code null} for never
 */
public record KeyConfig(
        String name,
        String group,
        int weight,
        String fingerprint,
        String secret,
        int priority,
        List<String> models,
        QuotaLimits limits,
        Long notAfterMs) {
    /** What stands for the key of a provider that asks for none: its one account is called {@code none}. */
    public static final KeyConfig ANONYMOUS = new KeyConfig("none", "none", 1, "none", "");

    public KeyConfig {
        models = models == null ? List.of() : List.copyOf(models);
    }

    /** A key for every model, at any time, without limits of its own. */
    public KeyConfig(String name, String group, int weight, String fingerprint, String secret) {
        this(name, group, weight, fingerprint, secret, 0, List.of(), null, null);
    }

    @Override
    public String toString() {
        return "KeyConfig[name=" + name + ", group=" + group + ", weight=" + weight + ", fingerprint=" + fingerprint
                + "]";
    }
}
