package dev.fairlead.operator.testing;

import dev.fairlead.api.testing.ApiServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * The operator's ServiceAccount and roles exactly as the chart gives them, on a test's API server: what works as
 * {@link #operator()} works on a cluster. {@code bin/chart-test} holds the file that they come from to the chart.
 */
public final class ShippedRoles {
    /** The operator's namespace. */
    public static final String NAMESPACE = "fairlead-system";

    private static final Path OBJECTS = Path.of("../charts/tests/key-namespaces/expected.yaml");

    /** The namespace with keys in {@link #OBJECTS} that stands for those of a test. */
    private static final String KEY_NAMESPACE = "ai-platform";

    private static final Set<String> KINDS =
            Set.of("ServiceAccount", "ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding");

    private final ApiServer server;

    private ShippedRoles(ApiServer server) {
        this.server = server;
    }

    /**
     * Applies them; as often as tests like. Namespaces that are missing are created.
     *
     * @param keyNamespaces the chart's value {@code keyNamespaces}
     */
    public static ShippedRoles apply(ApiServer server, String... keyNamespaces) {
        var client = server.client();
        ensure(client, NAMESPACE);
        for (var object : objects(client)) {
            if (object.getMetadata().getNamespace() == null
                    || object.getMetadata().getNamespace().equals(NAMESPACE)) {
                put(client, object);
            }
        }
        for (var namespace : keyNamespaces) {
            ensure(client, namespace);
            for (var object : objects(client)) {
                if (KEY_NAMESPACE.equals(object.getMetadata().getNamespace())) {
                    object.getMetadata().setNamespace(namespace);
                    put(client, object);
                }
            }
        }
        return new ShippedRoles(server);
    }

    /** How the operator reaches the server: as its ServiceAccount, with what the roles allow and no more. */
    public Config operator() {
        var config = server.config();
        config.setImpersonateUsername("system:serviceaccount:" + NAMESPACE + ":fairlead-operator");
        config.setImpersonateGroups(
                "system:serviceaccounts", "system:serviceaccounts:" + NAMESPACE, "system:authenticated");
        return config;
    }

    private static List<HasMetadata> objects(KubernetesClient client) {
        try (var in = Files.newInputStream(OBJECTS)) {
            return client.load(in).items().stream()
                    .filter(object -> KINDS.contains(object.getKind()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + OBJECTS, e);
        }
    }

    private static void put(KubernetesClient client, HasMetadata object) {
        client.resource(object).forceConflicts().serverSideApply();
    }

    private static void ensure(KubernetesClient client, String namespace) {
        put(
                client,
                new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build());
    }
}
