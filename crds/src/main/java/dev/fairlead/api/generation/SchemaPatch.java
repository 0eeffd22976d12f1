package dev.fairlead.api.generation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/**
 * Merges the annotation's input, a JSON merge patch (RFC 7386) written as YAML, into the schema of the annotated class: for
 * what the generator has no annotation for, such as {@code x-kubernetes-list-map-keys}.
 *
 * <p>The generator's own merge patch replaces whole {@code properties} instead of merging into them.
 */
public final class SchemaPatch implements SchemaCustomizer.Customizer {
    @Override
    public JSONSchemaProps apply(JSONSchemaProps schema, String patch, KubernetesSerialization serialization) {
        var merged = merge(
                serialization.convertValue(schema, JsonNode.class),
                serialization.unmarshal(serialization.convertToJson(patch), JsonNode.class));
        return serialization.convertValue(merged, JSONSchemaProps.class);
    }

    private static JsonNode merge(JsonNode target, JsonNode patch) {
        if (!(patch instanceof ObjectNode changes)) {
            return patch;
        }
        var result = target instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
        for (var change : changes.properties()) {
            if (change.getValue().isNull()) {
                result.remove(change.getKey());
            } else {
                result.set(change.getKey(), merge(result.get(change.getKey()), change.getValue()));
            }
        }
        return result;
    }
}
