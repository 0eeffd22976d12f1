package dev.fairlead.api.testing;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.api.v1alpha1.Crds;
import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubeapitest.KubeAPITestException;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A real API server that serves our CRDs. */
public final class ApiServer implements AutoCloseable {
    public static final String VERSION = "1.34.4";

    /** Where Fabric8's kube-api-test keeps binaries and certificates. */
    static final Path KUBE_API_TEST = Path.of(System.getProperty("user.home"), ".kubeapitest");

    /** Generous: a build shares its machine with others. */
    private static final int STARTUP_MILLIS = 60_000;

    private static final int TRIES = 3;

    private final KubeAPIServer server;
    private final KubernetesClient client;

    private ApiServer(KubeAPIServer server, KubernetesClient client) {
        this.server = server;
        this.client = client;
    }

    /** Starts the server and waits until the CRDs are served. */
    public static ApiServer start() {
        var server = alone();
        var client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(server.getKubeConfigYaml()))
                .build();
        var started = new ApiServer(server, client);
        try {
            Crds.plurals().forEach(started::serve);
            return started;
        } catch (RuntimeException | AssertionError e) {
            started.close();
            throw e;
        }
    }

    /** One process at a time: the first on a machine makes the certificates, which all share. */
    private static KubeAPIServer alone() {
        try (var lock = FileChannel.open(KUBE_API_TEST.resolve("lock"), CREATE, WRITE)) {
            lock.lock();
            return running(TRIES);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock " + KUBE_API_TEST, e);
        }
    }

    /** Ports are picked before they are bound: somebody else may have been faster, and then the server never comes up. */
    private static KubeAPIServer running(int tries) {
        var server = new KubeAPIServer(KubeAPIServerConfigBuilder.anAPIServerConfig()
                .withApiServerVersion(VERSION)
                .withOfflineMode(true)
                .withUpdateKubeConfig(false)
                .withStartupTimeout(STARTUP_MILLIS)
                .build());
        try {
            server.start();
            return server;
        } catch (KubeAPITestException e) {
            server.stop();
            if (tries == 1) {
                throw e;
            }
            return running(tries - 1);
        }
    }

    private void serve(String plural) {
        var crds = client.apiextensions().v1().customResourceDefinitions();
        var crd = client.getKubernetesSerialization().unmarshal(Crds.yaml(plural), CustomResourceDefinition.class);
        crds.resource(crd).create();
        var served = crds.withName(crd.getMetadata().getName())
                .waitUntilCondition(current -> isTrue(current, "Established"), 30, TimeUnit.SECONDS);
        assertThat(isTrue(served, "NonStructuralSchema"))
                .as("%s is not structural: %s", plural, served.getStatus())
                .isFalse();
    }

    private static boolean isTrue(CustomResourceDefinition crd, String condition) {
        return crd != null
                && crd.getStatus() != null
                && crd.getStatus().getConditions() != null
                && crd.getStatus().getConditions().stream()
                        .anyMatch(candidate -> candidate.getType().equals(condition)
                                && candidate.getStatus().equals("True"));
    }

    /** A client that may do everything. */
    public KubernetesClient client() {
        return client;
    }

    /** How to reach the server as somebody who may do everything; others impersonate or use tokens. */
    public Config config() {
        return Config.fromKubeconfig(server.getKubeConfigYaml());
    }

    @Override
    public void close() {
        client.close();
        server.stop();
    }
}
