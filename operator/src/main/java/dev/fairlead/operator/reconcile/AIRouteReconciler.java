package dev.fairlead.operator.reconcile;

import dev.fairlead.api.v1alpha1.AIRoute;
import dev.fairlead.api.v1alpha1.AIRouteStatus;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;

/** Writes the status of AIRoutes. */
@ControllerConfiguration(name = "airoute")
final class AIRouteReconciler extends StatusReconciler<AIRoute, AIRouteStatus> {
    AIRouteReconciler(Shared shared, AIRouteStatuses statuses) {
        super(AIRoute::new, statuses, shared);
    }
}
