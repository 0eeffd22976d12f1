package dev.fairlead.operator.reconcile;

import dev.fairlead.api.v1alpha1.Tenant;
import dev.fairlead.api.v1alpha1.TenantStatus;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;

/** Writes the status of Tenants. */
@ControllerConfiguration(name = "tenant")
final class TenantReconciler extends StatusReconciler<Tenant, TenantStatus> {
    TenantReconciler(Shared shared, TenantStatuses statuses) {
        super(Tenant::new, statuses, shared);
    }
}
