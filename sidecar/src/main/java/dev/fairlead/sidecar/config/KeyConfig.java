package dev.fairlead.sidecar.config;

/**
 * One provider key.
 *
 * @param name the key's name in its pool: the only thing about it that may be shown
 * @param group the quota group (account) whose limits it shares
 * @param weight share of the traffic; 0 drains
 * @param fingerprint first 12 hex digits of the SHA-256 of the key material: state is kept under it
 * @param secret the key material; never logged, shown or compared in messages
 */
public record KeyConfig(String name, String group, int weight, String fingerprint, String secret) {
    @Override
    public String toString() {
        return "KeyConfig[name=" + name + ", group=" + group + ", weight=" + weight + ", fingerprint=" + fingerprint
                + "]";
    }
}
