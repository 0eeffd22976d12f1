package dev.fairlead.sidecar.config;

/**
 * The identity under which calls of this sidecar are authorised and recorded.
 *
 * @param namespace the workload's namespace
 * @param name top controller as {@code Kind/name}, or a label for records when there is none
 * @param serviceAccount the ServiceAccount, {@code default} where none is named
 * @param tenant the Tenant that owns the namespace, or the namespace itself (an implicit tenant)
 */
public record WorkloadConfig(String namespace, String name, String serviceAccount, String tenant) {
    static final WorkloadConfig UNKNOWN = new WorkloadConfig("default", "", "default", "default");
}
