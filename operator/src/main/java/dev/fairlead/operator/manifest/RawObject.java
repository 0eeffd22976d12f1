package dev.fairlead.operator.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.operator.manifest.yaml.Place;
import dev.fairlead.operator.manifest.yaml.YamlProblem;
import java.util.List;

/**
 * A document, or an item of a List, before anybody knows what it is.
 *
 * @param problems what the reader of the text had to say about it
 */
record RawObject(String file, JsonNode value, Place place, List<YamlProblem> problems) {
    String text(String field) {
        return value.path(field).isTextual() ? value.path(field).textValue() : "";
    }

    String metadata(String field) {
        var text = value.path("metadata").path(field);
        return text.isTextual() ? text.textValue() : "";
    }

    @Override
    public String toString() {
        return "RawObject[" + file + ":" + place.position().line() + "]";
    }
}
