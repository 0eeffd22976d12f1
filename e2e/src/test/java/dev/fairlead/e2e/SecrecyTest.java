package dev.fairlead.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** After everything else has run: no key stands anywhere but in its Secret and where the test itself wrote it. */
@ExtendWith(ClusterExtension.class)
@Order(8)
class SecrecyTest {
    private static final String MATERIAL = "sk-e2e-material";

    /** Where people wrote the keys: the simulated provider has to know them. */
    private static final List<String> WRITTEN = List.of("Secret e2e-", "ConfigMap e2e-provider/simulator");

    private final Cluster cluster;

    SecrecyTest(Cluster cluster) {
        this.cluster = cluster;
    }

    @Test
    void noObjectHoldsAKey() throws Exception {
        var holding = new ArrayList<String>();
        var types = cluster.kubectl("api-resources", "--verbs=list", "-o", "name")
                .lines()
                .toList();
        assertThat(types).hasSizeGreaterThan(30);
        for (var type : types) {
            var list = new ObjectMapper().readTree(cluster.kubectl("get", type, "-A", "-o", "json"));
            list.path("items").forEach(object -> {
                if (holdsAKey(object.toString())) {
                    holding.add(name(object));
                }
            });
        }
        assertThat(holding).isNotEmpty().allMatch(name -> WRITTEN.stream().anyMatch(name::startsWith));
    }

    @Test
    void noLogHoldsAKey() {
        cluster.keepLogs();
        var logs = cluster.logs();
        assertThat(logs.keySet().stream().filter(id -> id.contains("/fairlead-operator-")))
                .as("logs of the operators, also of those that were deleted")
                .hasSizeGreaterThan(3);
        assertThat(logs).allSatisfy((id, log) -> assertThat(log).doesNotContain(MATERIAL));
    }

    @Test
    void noMetricHoldsAKey() {
        var pages = new TreeMap<String, String>(Map.of());
        for (var pod : cluster.ourPods()) {
            int port = pod.getMetadata().getNamespace().equals(Cluster.SYSTEM) ? 8080 : 15021;
            boolean ours =
                    port == 8080 || "true".equals(pod.getMetadata().getLabels().get("fairlead.dev/injected"));
            if (ours && "Running".equals(pod.getStatus().getPhase())) {
                pages.put(
                        pod.getMetadata().getName(),
                        cluster.client()
                                .raw("/api/v1/namespaces/" + pod.getMetadata().getNamespace() + "/pods/"
                                        + pod.getMetadata().getName() + ":" + port + "/proxy/metrics"));
            }
        }
        assertThat(pages).hasSizeGreaterThan(2);
        assertThat(pages)
                .allSatisfy((id, page) -> assertThat(page).contains("fairlead_").doesNotContain(MATERIAL));
    }

    /** Where the node is this machine its processes are seen from here, too. */
    @Test
    void noArgumentOfAProcessHoldsAKey() throws Exception {
        var lines = new ArrayList<String>();
        try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (var process : processes) {
                try {
                    lines.add(Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1));
                } catch (IOException e) {
                    // It has ended meanwhile.
                }
            }
        }
        assertThat(lines).hasSizeGreaterThan(1).noneMatch(line -> line.contains(MATERIAL));
    }

    /** Plain, or as Secrets write it: base64 of the same text at any of three offsets. */
    private static boolean holdsAKey(String text) {
        return text.contains(MATERIAL)
                || Stream.of("", "a", "aa").anyMatch(before -> text.contains(encodedAfter(before)));
    }

    private static String encodedAfter(String before) {
        var encoded = Base64.getEncoder()
                .withoutPadding()
                .encodeToString((before + MATERIAL).getBytes(StandardCharsets.UTF_8));
        // The first and the last characters depend on what stands beside the material.
        return encoded.substring(before.isEmpty() ? 0 : 4, encoded.length() - 2);
    }

    private static String name(JsonNode object) {
        return object.path("kind").asText() + " "
                + object.at("/metadata/namespace").asText() + "/"
                + object.at("/metadata/name").asText();
    }
}
