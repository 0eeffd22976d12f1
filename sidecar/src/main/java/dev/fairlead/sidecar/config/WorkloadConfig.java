package dev.fairlead.sidecar.config;

/**
 * The identity under which calls of this sidecar are authorised and recorded.
 *
 * @param namespace the workload's namespace
 * @param name top controller as {@code Kind/name}, or a label for records when there is none
 * @param serviceAccount the ServiceAccount, {@code default} where none is named
 * @param tenant the Tenant that owns the namespace, or the namespace itself (an implicit tenant)
 * @param tenantWeight the tenant's fair share against other tenants where calls wait, 1 to 1000; 1 where none is given
 */
public record WorkloadConfig(String namespace, String name, String serviceAccount, String tenant, int tenantWeight) {
    static final WorkloadConfig UNKNOWN = new WorkloadConfig("default", "", "default", "default");

    public WorkloadConfig {
        tenantWeight = tenantWeight == 0 ? 1 : tenantWeight; // Not written: by an operator that did not know of it yet.
    }

    /** Of a tenant that has the same share as others. */
    public WorkloadConfig(String namespace, String name, String serviceAccount, String tenant) {
        this(namespace, name, serviceAccount, tenant, 1);
    }
}
