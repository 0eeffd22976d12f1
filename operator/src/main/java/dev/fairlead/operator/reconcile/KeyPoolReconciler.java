package dev.fairlead.operator.reconcile;

import dev.fairlead.api.v1alpha1.KeyPool;
import dev.fairlead.api.v1alpha1.KeyPoolStatus;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;

/** Writes the status of KeyPools. */
@ControllerConfiguration(name = "keypool")
final class KeyPoolReconciler extends StatusReconciler<KeyPool, KeyPoolStatus> {
    KeyPoolReconciler(Shared shared, KeyPoolStatuses statuses) {
        super(KeyPool::new, statuses, shared);
    }
}
