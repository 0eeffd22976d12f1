package dev.fairlead.operator.compile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.fairlead.api.v1alpha1.AIRoute;
import dev.fairlead.api.v1alpha1.KeyPool;
import dev.fairlead.api.v1alpha1.Subscription;
import dev.fairlead.api.v1alpha1.Tenant;
import dev.fairlead.operator.world.Entry;
import dev.fairlead.operator.world.EntryLookup;
import dev.fairlead.operator.world.KnownEntries;
import dev.fairlead.operator.world.LabelledSecret;
import dev.fairlead.operator.world.Namespaces;
import dev.fairlead.operator.world.SecretSearch;
import dev.fairlead.operator.world.Workload;
import dev.fairlead.operator.world.World;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a world as a cluster would store it: nothing checked, nothing defaulted, so that cases can be as odd as they like. */
public final class WorldFiles {
    private final ObjectMapper yaml = new ObjectMapper(new YAMLFactory());
    private final List<KeyPool> pools = new ArrayList<>();
    private final List<AIRoute> routes = new ArrayList<>();
    private final List<Tenant> tenants = new ArrayList<>();
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final Map<String, Map<String, Entry>> secrets = new HashMap<>();
    private final Map<String, Map<String, Entry>> configMaps = new HashMap<>();
    private final Map<String, Map<String, String>> namespaces = new HashMap<>();
    private final List<JsonNode> documents = new ArrayList<>();
    private final List<Workload> workloads = new ArrayList<>();

    public void read(Path file) throws IOException {
        try (var documents = yaml.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
            while (documents.hasNext()) {
                add(documents.next());
            }
        }
    }

    public World world() {
        return new World(
                pools,
                routes,
                tenants,
                subscriptions,
                new Secrets(new KnownEntries(KnownEntries.Kind.SECRET, secrets), List.copyOf(documents)),
                new KnownEntries(KnownEntries.Kind.CONFIG_MAP, configMaps),
                new Namespaces(namespaces),
                Set.of(),
                workloads);
    }

    public void add(JsonNode document) throws IOException {
        String kind = document.path("kind").asText();
        var metadata = document.path("metadata");
        String id = metadata.path("namespace").asText() + "/"
                + metadata.path("name").asText();
        switch (kind) {
            case "KeyPool" -> pools.add(yaml.treeToValue(document, KeyPool.class));
            case "AIRoute" -> routes.add(yaml.treeToValue(document, AIRoute.class));
            case "Tenant" -> tenants.add(yaml.treeToValue(document, Tenant.class));
            case "Subscription" -> subscriptions.add(yaml.treeToValue(document, Subscription.class));
            case "Secret" -> {
                if (document.path("type").asText("Opaque").equals("Opaque")) {
                    documents.add(document);
                }
                secrets.put(id, entries(document.path("stringData")));
            }
            case "ConfigMap" -> configMaps.put(id, entries(document.path("data")));
            case "Namespace" -> namespaces.put(metadata.path("name").asText(), labels(metadata.path("labels")));
            case "Pod" ->
                workloads.add(new Workload(
                        metadata.path("namespace").asText(),
                        "Pod/" + metadata.path("name").asText(),
                        document.path("spec").path("serviceAccountName").asText("default"),
                        labels(metadata.path("labels"))));
            default -> throw new IOException("No kind that a case may hold: '" + kind + "'");
        }
    }

    private static Map<String, Entry> entries(JsonNode data) {
        var entries = new HashMap<String, Entry>();
        data.properties()
                .forEach(field -> entries.put(
                        field.getKey(), new Entry.Value(field.getValue().asText())));
        return entries;
    }

    private static Map<String, String> labels(JsonNode labels) {
        var map = new HashMap<String, String>();
        labels.properties()
                .forEach(field -> map.put(field.getKey(), field.getValue().asText()));
        return map;
    }

    /** Looks for Secrets, too. */
    private record Secrets(EntryLookup entries, List<JsonNode> documents) implements EntryLookup {
        @Override
        public Entry find(String namespace, String name, String key) {
            return entries.find(namespace, name, key);
        }

        @Override
        public SecretSearch search(String namespace, LabelSelector selector) {
            return new SecretSearch.Found(documents.stream()
                    .map(document -> document.path("metadata"))
                    .filter(metadata -> metadata.path("namespace").asText().equals(namespace))
                    .map(metadata -> new LabelledSecret(
                            namespace,
                            metadata.path("name").asText(),
                            labels(metadata.path("labels")),
                            labels(metadata.path("annotations")),
                            find(namespace, metadata.path("name").asText(), LabelledSecret.ENTRY)))
                    .toList());
        }
    }
}
