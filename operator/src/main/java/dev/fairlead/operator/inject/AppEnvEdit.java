package dev.fairlead.operator.inject;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Points unchanged SDKs at the sidecar. Never changes a variable that is there. */
final class AppEnvEdit implements PodEdit {
    private static final String SIDECAR = "http://127.0.0.1:15080";

    /** SDKs refuse to start without a key; the sidecar takes any and sends none of them on. */
    private static final String PLACEHOLDER = "fairlead";

    private static final List<Map.Entry<String, String>> VARIABLES = List.of(
            Map.entry("OPENAI_BASE_URL", SIDECAR + "/v1"),
            Map.entry("OPENAI_API_KEY", PLACEHOLDER),
            Map.entry("ANTHROPIC_BASE_URL", SIDECAR),
            Map.entry("ANTHROPIC_API_KEY", PLACEHOLDER),
            Map.entry("GOOGLE_GEMINI_BASE_URL", SIDECAR),
            Map.entry("GEMINI_API_KEY", PLACEHOLDER),
            Map.entry("FAIRLEAD_URL", SIDECAR));

    private final ObjectMapper json;
    private final AppContainers containers = new AppContainers();

    AppEnvEdit(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public List<PatchOperation> operations(Pod pod) {
        var operations = new ArrayList<PatchOperation>();
        if (!new Annotations(pod).leavesEnvironmentAlone()) {
            containers.of(pod).forEach(placed -> operations.addAll(operations(placed)));
        }
        return operations;
    }

    private List<PatchOperation> operations(AppContainers.Placed placed) {
        var env = placed.container().getEnv();
        var names = env.stream().map(EnvVar::getName).collect(Collectors.toSet());
        List<JsonNode> absent = VARIABLES.stream()
                .filter(variable -> !names.contains(variable.getKey()))
                .map(this::variable)
                .toList();
        String path = placed.path() + "/env";
        return env.isEmpty()
                ? List.of(PatchOperation.add(path, json.createArrayNode().addAll(absent)))
                : absent.stream()
                        .map(variable -> PatchOperation.add(path + "/-", variable))
                        .toList();
    }

    private JsonNode variable(Map.Entry<String, String> variable) {
        ObjectNode node = json.createObjectNode();
        return node.put("name", variable.getKey()).put("value", variable.getValue());
    }
}
