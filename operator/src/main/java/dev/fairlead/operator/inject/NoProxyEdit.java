package dev.fairlead.operator.inject;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Keeps calls to the sidecar away from an HTTP proxy that the application is configured for. */
final class NoProxyEdit implements PodEdit {
    private static final Set<String> PROXIES =
            Set.of("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy");

    /** Programs differ in which they read first; the other is read only where it is absent. */
    private static final List<String> NAMES = List.of("NO_PROXY", "no_proxy");

    private static final List<String> LOCAL = List.of("127.0.0.1", "localhost");

    private final ObjectMapper json;
    private final AppContainers containers = new AppContainers();

    NoProxyEdit(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public List<PatchOperation> operations(Pod pod) {
        var operations = new ArrayList<PatchOperation>();
        for (var placed : affected(pod)) {
            operations.addAll(operations(placed));
        }
        return operations;
    }

    /** For containers whose list comes from elsewhere, where nothing can be added to it. */
    List<String> warnings(Pod pod) {
        var warnings = new ArrayList<String>();
        for (var placed : affected(pod)) {
            present(placed.container().getEnv()).forEach((name, index) -> {
                if (placed.container().getEnv().get(index).getValueFrom() != null) {
                    warnings.add("fairlead: container " + placed.container().getName() + " takes " + name
                            + " from elsewhere: add 127.0.0.1,localhost to it there");
                }
            });
        }
        return warnings;
    }

    private List<AppContainers.Placed> affected(Pod pod) {
        if (new Annotations(pod).leavesEnvironmentAlone()) {
            return List.of();
        }
        return containers.of(pod).stream()
                .filter(placed ->
                        placed.container().getEnv().stream().anyMatch(variable -> PROXIES.contains(nameOf(variable))))
                .toList();
    }

    private List<PatchOperation> operations(AppContainers.Placed placed) {
        var env = placed.container().getEnv();
        var present = present(env);
        var operations = new ArrayList<PatchOperation>();
        for (var name : NAMES) {
            if (present.isEmpty()) {
                operations.add(PatchOperation.add(
                        placed.path() + "/env/-",
                        json.createObjectNode().put("name", name).put("value", String.join(",", LOCAL))));
            } else if (present.containsKey(name)) {
                int index = present.get(name);
                operations.addAll(extension(placed.path() + "/env/" + index, env.get(index)));
            }
        }
        return operations;
    }

    /** By name the index of the one that counts: the last. */
    private static Map<String, Integer> present(List<EnvVar> env) {
        var present = new HashMap<String, Integer>();
        for (int i = 0; i < env.size(); i++) {
            if (NAMES.contains(nameOf(env.get(i)))) {
                present.put(nameOf(env.get(i)), i);
            }
        }
        return present;
    }

    /** A pod is looked at before the API server has checked it. */
    private static String nameOf(EnvVar variable) {
        return variable.getName() == null ? "" : variable.getName();
    }

    private List<PatchOperation> extension(String path, EnvVar variable) {
        String value = variable.getValue() == null ? "" : variable.getValue();
        var entries = Arrays.stream(value.split("[,\\s]+")).collect(Collectors.toSet());
        String missing =
                LOCAL.stream().filter(entry -> !entries.contains(entry)).collect(Collectors.joining(","));
        if (variable.getValueFrom() != null || missing.isEmpty() || entries.contains("*")) {
            return List.of();
        }
        String extended = value.isBlank() ? missing : value + "," + missing;
        return List.of(PatchOperation.add(path + "/value", json.getNodeFactory().textNode(extended)));
    }
}
