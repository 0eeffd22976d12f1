package dev.fairlead.operator.inject;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What an API server makes of a JSON patch (RFC 6902), as far as ours go. */
final class Patched {
    private Patched() {}

    static JsonNode apply(JsonNode document, List<PatchOperation> operations) {
        var result = document.deepCopy();
        for (var operation : operations) {
            switch (operation.op()) {
                case "add" -> add(result, operation.path(), operation.value());
                case "move" -> add(result, operation.path(), remove(result, operation.from()));
                default -> throw new AssertionError("unexpected " + operation);
            }
        }
        return result;
    }

    private static void add(JsonNode document, String path, JsonNode value) {
        var parent = document.at(path.substring(0, path.lastIndexOf('/')));
        String last = last(path);
        if (parent instanceof ArrayNode array) {
            int index = last.equals("-") ? array.size() : Integer.parseInt(last);
            if (index > array.size()) {
                throw new AssertionError("no place for " + path);
            }
            array.insert(index, value);
        } else if (parent instanceof ObjectNode object) {
            object.set(last, value);
        } else {
            throw new AssertionError("nothing to add to at " + path);
        }
    }

    private static JsonNode remove(JsonNode document, String path) {
        var array = (ArrayNode) document.at(path.substring(0, path.lastIndexOf('/')));
        return array.remove(Integer.parseInt(last(path)));
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1).replace("~1", "/").replace("~0", "~");
    }
}
