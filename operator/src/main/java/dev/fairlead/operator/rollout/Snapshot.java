package dev.fairlead.operator.rollout;

/**
 * What the sidecars of one workload get, ready to be sent.
 *
 * @param hash names the content: {@link dev.fairlead.sidecar.config.ConfigCodec#hash}
 * @param json the configuration as {@link dev.fairlead.sidecar.config.ConfigCodec#write} gives it, keys included; nobody changes
 *     the array
 */
@SuppressWarnings("ArrayRecordComponent")
public record Snapshot(String hash, byte[] json) {
    /** Says nothing of the content, which holds keys. */
    @Override
    public String toString() {
        return "Snapshot[" + hash + ", " + json.length + " bytes]";
    }
}
