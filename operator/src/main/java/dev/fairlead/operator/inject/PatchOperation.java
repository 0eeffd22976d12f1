package dev.fairlead.operator.inject;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * One operation of a JSON patch (RFC 6902).
 *
 * @param op {@code add} or {@code move}
 * @param from for {@code move}, {@code null} otherwise
 * @param path a JSON pointer; an {@code add} to a field that exists replaces it
 * @param value for {@code add}, {@code null} otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PatchOperation(String op, String from, String path, JsonNode value) {
    static PatchOperation add(String path, JsonNode value) {
        return new PatchOperation("add", null, path, value);
    }

    static PatchOperation move(String from, String path) {
        return new PatchOperation("move", from, path, null);
    }

    /** A field's name as a part of a JSON pointer. */
    static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
