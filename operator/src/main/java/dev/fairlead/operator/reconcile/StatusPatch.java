package dev.fairlead.operator.reconcile;

import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.net.HttpURLConnection;
import java.time.Duration;

/**
 * The one write of a reconciler: a server-side apply of a status. Not left to JOSDK, which would read the object without it for
 * as long as the watch takes, and would write it twice; and so that an Event follows only what was really written.
 */
final class StatusPatch {
    /** When to look again after a write that met another object than was read. */
    static final Duration SOON = Duration.ofSeconds(1);

    private static final String FIELD_MANAGER = "fairlead-operator";

    private StatusPatch() {}

    /**
     * Writes.
     *
     * @return false when the object is gone, or another of its name has come
     * @throws KubernetesClientException for everything else; JOSDK tries again
     */
    static <R extends CustomResource<?, ?>> boolean write(R fresh, R read, Context<R> context) {
        try {
            var written = context.getClient()
                    .resource(fresh)
                    .subresource("status")
                    .patch(new PatchContext.Builder()
                            .withPatchType(PatchType.SERVER_SIDE_APPLY)
                            .withFieldManager(FIELD_MANAGER)
                            .withForce(true)
                            .build());
            context.eventSourceRetriever()
                    .getControllerEventSource()
                    .handleRecentResourceUpdate(ResourceID.fromResource(read), written, read);
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND || e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return false;
            }
            throw e;
        }
    }
}
