package dev.fairlead.operator.control;

import dev.fairlead.operator.cluster.ClusterClient;
import dev.fairlead.operator.inject.InjectionSettings;
import dev.fairlead.operator.peer.PeerSettings;
import dev.fairlead.operator.serve.ServeSettings;
import dev.fairlead.operator.testing.ShippedRoles;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One of several replicas, on a loopback address of its own, that can be killed. */
final class Replica implements AutoCloseable {
    private final String address;
    private final KubernetesClient client;
    private final ControlPlane plane;
    private boolean over;

    Replica(Config operator, String address, int port, List<String> all, Path token) {
        this.address = address;
        client = ClusterClient.connect(operator);
        var settings = new OperatorSettings(
                ShippedRoles.NAMESPACE,
                "fairlead-operator-" + address,
                address,
                Set.of("ai-platform", "payments"),
                "fairlead-injection",
                "fairlead-operator",
                new OperatorSettings.Ports(0, 0, 0));
        var environment = Map.of(
                "FAIRLEAD_NAMESPACE",
                ShippedRoles.NAMESPACE,
                "FAIRLEAD_SIDECAR_IMAGE",
                "localhost/fairlead/fairlead:test");
        var serve = ServeSettings.defaults();
        var serving = new ServeSettings(
                address,
                port,
                serve.maxStreams(),
                serve.ping(),
                serve.life(),
                serve.stall(),
                serve.request(),
                serve.firstConfig(),
                serve.drain(),
                serve.connectBurst(),
                serve.connectRefill());
        var peer = PeerSettings.of(ShippedRoles.NAMESPACE, "fairlead-operator", address);
        var peering = new PeerSettings(
                peer.namespace(),
                peer.serviceAccount(),
                address,
                peer.serviceHost(),
                port,
                token,
                peer.resolve(),
                peer.ping(),
                peer.debounce(),
                peer.retry(),
                peer.forget());
        plane = new ControlPlane(
                client, settings, InjectionSettings.fromEnvironment(environment::get), () -> all, serving, peering);
        plane.start();
        try {
            plane.listening().toCompletionStage().toCompletableFuture().get(120, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("the replica does not listen", e);
        }
    }

    String address() {
        return address;
    }

    boolean alive() {
        return !over;
    }

    /** Without a word: the lease is not given back. */
    void kill() {
        over = true;
        client.close();
        plane.close();
    }

    @Override
    public void close() {
        if (!over) {
            over = true;
            plane.close();
            client.close();
        }
    }
}
