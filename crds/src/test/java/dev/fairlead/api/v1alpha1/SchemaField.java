package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.List;

/**
 * A place in the schema of a CRD.
 *
 * @param crd plural name of the kind
 * @param path such as {@code spec.keys[*].name}
 * @param property whether it is a named field, in contrast to the items of a list or the values of a map
 */
record SchemaField(String crd, String path, JsonNode schema, boolean property) {
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    /** Every place in every CRD, depth first. */
    static List<SchemaField> all() {
        var fields = new ArrayList<SchemaField>();
        for (var plural : Crds.plurals()) {
            properties(plural, "", root(plural), fields);
        }
        return fields;
    }

    /** The CRD as it lies on the classpath. */
    static JsonNode crd(String plural) {
        return SERIALIZATION.unmarshal(Crds.yaml(plural), JsonNode.class);
    }

    static JsonNode root(String plural) {
        return crd(plural).at("/spec/versions/0/schema/openAPIV3Schema");
    }

    private static void properties(String crd, String prefix, JsonNode schema, List<SchemaField> fields) {
        schema.path("properties")
                .properties()
                .forEach(entry -> add(crd, prefix + entry.getKey(), entry.getValue(), true, fields));
    }

    private static void add(String crd, String path, JsonNode schema, boolean property, List<SchemaField> fields) {
        fields.add(new SchemaField(crd, path, schema, property));
        properties(crd, path + ".", schema, fields);
        for (var nested : List.of("items", "additionalProperties")) {
            if (schema.has(nested)) {
                add(crd, path + "[*]", schema.get(nested), false, fields);
            }
        }
    }

    String type() {
        return schema.path("type").asText();
    }

    boolean isSpec() {
        return path.startsWith("spec.");
    }

    List<JsonNode> rules() {
        var rules = new ArrayList<JsonNode>();
        schema.path("x-kubernetes-validations").forEach(rules::add);
        return rules;
    }

    @Override
    public String toString() {
        return crd + " " + path;
    }
}
