package dev.fairlead.operator.manifest.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * One document of a text.
 *
 * @param value what it says; parts that were written once and referred to twice are shared, so nobody may change it
 * @param place where everything in it stands
 * @param problems what makes it unusable although it could be read to its end, such as a key given twice; empty if nothing
 */
public record YamlDocument(JsonNode value, Place place, List<YamlProblem> problems) {
    public YamlDocument {
        problems = List.copyOf(problems);
    }

    /** Without its values, which may be secret. */
    @Override
    public String toString() {
        return "YamlDocument[line " + place.position().line() + ", " + problems + "]";
    }
}
