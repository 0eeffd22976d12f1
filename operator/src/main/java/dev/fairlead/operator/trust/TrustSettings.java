package dev.fairlead.operator.trust;

import java.util.Set;

/**
 * Where the certificates are kept and where they are used.
 *
 * @param namespace of the operator
 * @param secret name of the Secret in that namespace
 * @param webhookConfiguration name of the MutatingWebhookConfiguration whose {@code caBundle}s are kept up to date
 */
public record TrustSettings(String namespace, String secret, String webhookConfiguration) {
    /** The name that the chart's roles allow. */
    public static final String SECRET = "fairlead-tls";

    /** DNS names of the two Services, as the API server, sidecars and other replicas call them. */
    Set<String> names() {
        return Set.of(
                "fairlead-config." + namespace + ".svc",
                "fairlead-config." + namespace + ".svc.cluster.local",
                "fairlead-webhook." + namespace + ".svc",
                "fairlead-webhook." + namespace + ".svc.cluster.local");
    }
}
