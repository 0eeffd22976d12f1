package dev.fairlead.operator.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.operator.manifest.schema.SchemaCheck;
import dev.fairlead.operator.manifest.schema.Violation;
import dev.fairlead.operator.manifest.yaml.Place;
import java.util.ArrayList;
import java.util.List;

/** Puts one object through what an API server does on its creation. */
final class ObjectCheck {
    private final SchemaCheck schemas = new SchemaCheck();
    private final MetadataCheck metadata = new MetadataCheck();

    /**
     * Reports what is wrong, and returns the object as it would be stored.
     *
     * @param namespace where the object lives; empty for a kind that lives in none
     */
    ObjectNode stored(RawObject object, Kind kind, String namespace, ObjectFindings findings) {
        ObjectNode body = object.value().deepCopy();
        if (!kind.storesStatus()) {
            body.remove("status");
        }
        List<Violation> violations = new ArrayList<>(schemas.defaulted(body, kind.schema()));
        violations.addAll(metadata.violations(body.path("metadata"), kind));
        if (!namespace.isEmpty() && body.path("metadata") instanceof ObjectNode meta) {
            meta.put("namespace", namespace);
        }
        boolean stopped =
                violations.stream().anyMatch(violation -> violation.kind().stopsRules());
        if (!stopped) {
            violations.addAll(kind.rules().violations(body));
        }
        for (var violation : violations) {
            findings.error(violation.path(), violation.message() + hint(violation, object.place(), kind));
        }
        return body;
    }

    /** An unquoted word that is not the text it looks like. */
    private static String hint(Violation violation, Place place, Kind kind) {
        if (kind.isData()
                || violation.kind() != Violation.Kind.TYPE
                || !violation.message().contains("must be of type string:")) {
            return "";
        }
        return place.exact(violation.path())
                .flatMap(Place::word)
                .map(word -> " (in Kubernetes' YAML the unquoted word " + word + " is no text: write \"" + word + "\")")
                .orElse("");
    }
}
