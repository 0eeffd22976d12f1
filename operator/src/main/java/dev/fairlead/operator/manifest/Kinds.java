package dev.fairlead.operator.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.api.v1alpha1.Crds;
import dev.fairlead.operator.manifest.rule.RuleCompiler;
import dev.fairlead.operator.manifest.schema.Schema;
import dev.fairlead.operator.manifest.schema.SchemaParser;
import dev.fairlead.operator.manifest.yaml.YamlContent;
import dev.fairlead.operator.manifest.yaml.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kinds of objects that are read, with what their schemas demand. Immutable; made once, it takes a moment. */
public final class Kinds {
    private static final String CORE = "core.yaml";

    private final List<Kind> kinds;

    private Kinds(List<Kind> kinds) {
        this.kinds = List.copyOf(kinds);
    }

    /**
     * The four kinds of Fairlead by the CRDs that come with them, and the Secret, ConfigMap and Namespace of the core.
     *
     * @throws IllegalArgumentException if a CRD cannot be applied: a fault of the build
     */
    public static Kinds fairlead() {
        return of(Crds.yaml());
    }

    /**
     * The kinds that some CRDs define, and the Secret, ConfigMap and Namespace of the core.
     *
     * @param crds YAML, one or more CustomResourceDefinitions each
     * @throws IllegalArgumentException if one cannot be applied: a fault of the build
     */
    public static Kinds of(Collection<String> crds) {
        var reader = new YamlReader();
        var parser = new SchemaParser();
        var compiler = new RuleCompiler();
        var core = documents(reader.read(coreSchemas()), CORE).get(0);
        Map<String, Schema> everywhere = new HashMap<>();
        var text = parser.parse(reader.read("type: string").documents().get(0).value());
        everywhere.put("apiVersion", text);
        everywhere.put("kind", text);
        everywhere.put("metadata", parser.parse(core.path("ObjectMeta")));
        List<Kind> kinds = new ArrayList<>();
        for (var name : List.of("Secret", "ConfigMap", "Namespace")) {
            var schema = parser.parse(core.path(name)).withProperties(everywhere);
            kinds.add(new Kind("", "v1", name, !name.equals("Namespace"), true, schema, compiler.rules(schema)));
        }
        for (var crd : crds) {
            for (var definition : documents(reader.read(crd), "CRD")) {
                kinds.addAll(defined(definition.path("spec"), parser, compiler, everywhere));
            }
        }
        return new Kinds(kinds);
    }

    private static List<Kind> defined(
            JsonNode spec, SchemaParser parser, RuleCompiler compiler, Map<String, Schema> everywhere) {
        return spec.path("versions")
                .valueStream()
                .filter(version -> version.path("served").asBoolean())
                .map(version -> {
                    var schema =
                            parser.parse(version.at("/schema/openAPIV3Schema")).withProperties(everywhere);
                    return new Kind(
                            spec.path("group").asText(),
                            version.path("name").asText(),
                            spec.at("/names/kind").asText(),
                            spec.path("scope").asText().equals("Namespaced"),
                            version.at("/subresources/status").isMissingNode(),
                            schema,
                            compiler.rules(schema));
                })
                .toList();
    }

    private static List<JsonNode> documents(YamlContent content, String what) {
        if (!content.problems().isEmpty() || content.documents().isEmpty()) {
            throw new IllegalArgumentException(what + " cannot be read: " + content.problems());
        }
        return content.documents().stream().map(document -> document.value()).toList();
    }

    private static byte[] coreSchemas() {
        try (var in = Kinds.class.getResourceAsStream(CORE)) {
            if (in == null) {
                throw new IllegalStateException(CORE + " is missing on the classpath");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<Kind> find(String apiVersion, String name) {
        return kinds.stream()
                .filter(kind -> kind.name().equals(name) && kind.apiVersion().equals(apiVersion))
                .findFirst();
    }

    List<Kind> all() {
        return kinds;
    }
}
