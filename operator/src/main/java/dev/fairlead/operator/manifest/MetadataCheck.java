package dev.fairlead.operator.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.fairlead.operator.manifest.schema.Violation;
import dev.fairlead.operator.manifest.yaml.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What every object's metadata must be: names, namespaces and labels. */
final class MetadataCheck {
    private static final String LABEL_PART = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final Pattern DNS_LABEL = Pattern.compile(LABEL_PART);
    private static final Pattern DNS_SUBDOMAIN = Pattern.compile(LABEL_PART + "(\\." + LABEL_PART + ")*");
    private static final Pattern QUALIFIED = Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
    private static final FieldPath METADATA = FieldPath.of("metadata");

    private static final String SUBDOMAIN_RULE =
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.',"
                    + " and must start and end with an alphanumeric character";
    private static final String LABEL_RULE =
            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-',"
                    + " and must start and end with an alphanumeric character";
    private static final String QUALIFIED_RULE =
            "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric"
                    + " character";

    /** @param metadata of the right types, or what the schema has complained about already */
    List<Violation> violations(JsonNode metadata, Kind kind) {
        List<Violation> found = new ArrayList<>();
        name(metadata.path("name"), kind).ifPresent(found::add);
        namespace(metadata.path("namespace"), kind).ifPresent(found::add);
        for (var label : metadata.path("labels").properties()) {
            key(label.getKey(), METADATA.field("labels")).ifPresent(found::add);
            labelValue(label.getValue(), METADATA.field("labels").key(label.getKey()))
                    .ifPresent(found::add);
        }
        for (var annotation : metadata.path("annotations").properties()) {
            key(annotation.getKey(), METADATA.field("annotations")).ifPresent(found::add);
        }
        return found;
    }

    private static Optional<Violation> name(JsonNode name, Kind kind) {
        var path = METADATA.field("name");
        if (name.isMissingNode() || name.asText().isEmpty()) {
            return Optional.of(new Violation(path, Violation.Kind.REQUIRED, "Required value: every object has a name"));
        }
        return kind.name().equals("Namespace")
                ? matching(name.asText(), path, DNS_LABEL, 63, LABEL_RULE)
                : matching(name.asText(), path, DNS_SUBDOMAIN, 253, SUBDOMAIN_RULE);
    }

    private static Optional<Violation> namespace(JsonNode namespace, Kind kind) {
        var path = METADATA.field("namespace");
        if (namespace.isMissingNode() || namespace.asText().isEmpty()) {
            return Optional.empty();
        }
        if (!kind.namespaced()) {
            String message = "Forbidden: not allowed on this type: a " + kind.name() + " lives in no namespace";
            return Optional.of(new Violation(path, Violation.Kind.FORBIDDEN, message));
        }
        return matching(namespace.asText(), path, DNS_LABEL, 63, LABEL_RULE);
    }

    private static Optional<Violation> key(String key, FieldPath path) {
        int slash = key.indexOf('/');
        if (slash >= 0) {
            var prefix = matching(key.substring(0, slash), path, DNS_SUBDOMAIN, 253, "prefix part " + SUBDOMAIN_RULE);
            if (prefix.isPresent()) {
                return prefix;
            }
        }
        return matching(key.substring(slash + 1), path, QUALIFIED, 63, "name part " + QUALIFIED_RULE);
    }

    private static Optional<Violation> labelValue(JsonNode value, FieldPath path) {
        return value.asText().isEmpty()
                ? Optional.empty()
                : matching(value.asText(), path, QUALIFIED, 63, "a valid label " + QUALIFIED_RULE);
    }

    private static Optional<Violation> matching(String text, FieldPath path, Pattern pattern, int most, String rule) {
        String shown = TextNode.valueOf(text).toString();
        if (text.length() > most) {
            return Optional.of(Violation.invalid(
                    path, shown.substring(0, most) + "...\"", "must be no more than " + most + " characters"));
        }
        return pattern.matcher(text).matches() ? Optional.empty() : Optional.of(Violation.invalid(path, shown, rule));
    }
}
