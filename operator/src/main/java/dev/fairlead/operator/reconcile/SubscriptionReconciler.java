package dev.fairlead.operator.reconcile;

import dev.fairlead.api.v1alpha1.Subscription;
import dev.fairlead.api.v1alpha1.SubscriptionStatus;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;

/** Writes the status of Subscriptions. */
@ControllerConfiguration(name = "subscription")
final class SubscriptionReconciler extends StatusReconciler<Subscription, SubscriptionStatus> {
    SubscriptionReconciler(Shared shared, SubscriptionStatuses statuses) {
        super(Subscription::new, statuses, shared);
    }
}
