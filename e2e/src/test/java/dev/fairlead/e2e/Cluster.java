package dev.fairlead.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A real cluster on which the product was installed by Helm, with a simulated provider and a calling application. */
final class Cluster implements AutoCloseable {
    static final String SYSTEM = "fairlead-system";
    static final String KEY_NAMESPACES = "keyNamespaces={e2e-platform,e2e-changing}";
    private static final String CHART = "../charts/fairlead";

    private final Settings settings = Settings.fromEnvironment();
    private final KubernetesClient client = connect();
    private final ObjectMapper json = new ObjectMapper();
    private final Map<String, String> logs = new TreeMap<>();

    private Cluster() {}

    private static KubernetesClient connect() {
        var config = Config.autoConfigure(null);
        try {
            return new KubernetesClientBuilder().withConfig(config).build();
        } catch (KubernetesClientException e) {
            // The client takes a key for RSA unless it is told; the key of this kubeconfig is none.
            config.setClientKeyAlgo("EC");
            return new KubernetesClientBuilder().withConfig(config).build();
        }
    }

    /** Installs, applies, and waits until the application has been answered for the first time. */
    static Cluster installed() {
        var cluster = new Cluster();
        // The chart makes a Role in each namespace with keys, which must be there.
        for (var namespace : List.of("e2e-platform", "e2e-changing")) {
            cluster.applyText("---\n{apiVersion: v1, kind: Namespace, metadata: {name: " + namespace + "}}");
        }
        cluster.apply("namespaces.yaml");
        cluster.helm("upgrade", "--install", "--create-namespace");
        cluster.apply("simulator.yaml");
        cluster.kubectl("-n", "e2e-provider", "rollout", "status", "deployment/simulator", "--timeout=180s");
        cluster.apply("platform.yaml");
        cluster.apply("team.yaml");
        cluster.kubectl("-n", "e2e-team", "rollout", "status", "deployment/app", "--timeout=180s");
        return cluster;
    }

    KubernetesClient client() {
        return client;
    }

    Settings settings() {
        return settings;
    }

    /** {@code helm upgrade} of the chart as it lies in the repository. */
    String helm(String verb, String... more) {
        var image = settings.image();
        int tag = image.lastIndexOf(':');
        var words = new ArrayList<>(List.of(
                "helm",
                verb,
                "fairlead",
                CHART,
                "-n",
                SYSTEM,
                "--wait",
                "--timeout",
                "240s",
                "--set",
                "image.repository=" + image.substring(0, tag),
                "--set",
                "image.tag=" + image.substring(tag + 1),
                "--set",
                "image.pullPolicy=IfNotPresent",
                "--set",
                KEY_NAMESPACES));
        words.addAll(List.of(more));
        return Command.run("", words);
    }

    String kubectl(String... words) {
        return Command.run(
                "", Stream.concat(Stream.of("kubectl"), Stream.of(words)).toList());
    }

    /** {@code kubectl apply} of a resource of this module, with the images filled in. */
    void apply(String resource) {
        applyText(text(resource));
    }

    /** {@code kubectl apply} of YAML. */
    void applyText(String yaml) {
        Command.run(
                yaml.replace("${IMAGE}", settings.image()).replace("${APP_IMAGE}", settings.appImage()),
                List.of("kubectl", "apply", "-f", "-"));
    }

    /** A resource as it is written. */
    static String text(String resource) {
        try (var stream = Objects.requireNonNull(Cluster.class.getResourceAsStream("/" + resource), resource)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the provider's books say of an account. */
    JsonNode account(String name) {
        try {
            return json.readTree(
                            client.raw("/api/v1/namespaces/e2e-provider/services/simulator:15090/proxy/stats?log=0"))
                    .path("accounts")
                    .path(name);
        } catch (JsonProcessingException e) {
            throw new AssertionError("the simulator's books are no JSON", e);
        }
    }

    /** The one running pod of an application. */
    Pod pod(String namespace, String app) {
        var pods = pods(namespace, app);
        if (pods.size() != 1) {
            throw new AssertionError("expected one pod of " + app + " in " + namespace + ", there are " + pods.size());
        }
        return pods.get(0);
    }

    /** The pods of an application that are not about to go. */
    List<Pod> pods(String namespace, String app) {
        return client.pods().inNamespace(namespace).withLabel("app", app).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    /** How the application's calls went until about a second ago. */
    Calls calls(String namespace) {
        var pod = pod(namespace, "app").getMetadata().getName();
        var last = client.pods()
                .inNamespace(namespace)
                .withName(pod)
                .inContainer("app")
                .tailingLines(1)
                .getLog();
        return Calls.read(last);
    }

    /** The operator's pods that are not about to go. */
    List<Pod> operators() {
        return client
                .pods()
                .inNamespace(SYSTEM)
                .withLabel("app.kubernetes.io/component", "operator")
                .list()
                .getItems()
                .stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    /** Keeps what the containers of our namespaces have logged, before some of them go. */
    void keepLogs() {
        for (var pod : ourPods()) {
            var id = pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
            pod.getStatus().getInitContainerStatuses().forEach(one -> keepLog(pod, one.getName(), id));
            pod.getStatus().getContainerStatuses().forEach(one -> keepLog(pod, one.getName(), id));
        }
    }

    private void keepLog(Pod pod, String container, String id) {
        try {
            var log = client.pods()
                    .inNamespace(pod.getMetadata().getNamespace())
                    .withName(pod.getMetadata().getName())
                    .inContainer(container)
                    .getLog();
            logs.put(id + "/" + container + "/" + logs.size(), log == null ? "" : log);
        } catch (KubernetesClientException e) {
            // It has not begun to log, or is gone already.
        }
    }

    /** What was kept, by namespace, pod and container. */
    Map<String, String> logs() {
        return Map.copyOf(logs);
    }

    /** All pods that these tests, or the chart, have made. */
    List<Pod> ourPods() {
        return client.pods().inAnyNamespace().list().getItems().stream()
                .filter(pod -> pod.getMetadata().getNamespace().startsWith("e2e-")
                        || pod.getMetadata().getNamespace().equals(SYSTEM))
                .toList();
    }

    /** Whether the API server answers. */
    boolean answers() {
        try {
            client.raw("/readyz");
            return true;
        } catch (KubernetesClientException e) {
            return false;
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
