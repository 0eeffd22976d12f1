package dev.fairlead.operator.cluster;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TreeTraversingParser;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one object strictly; takes out what stands in the way, and reads again, until the rest can be read. Places in lists are
 * kept: what is taken out of one is {@code null} there, so that paths in messages stay right.
 */
final class TolerantDeserializer extends DelegatingDeserializer {
    private static final long serialVersionUID = 1L;

    /** So much that is foreign is no object that we know: all of its {@code spec} is then unreadable. */
    private static final int MOST = 32;

    TolerantDeserializer(JsonDeserializer<?> strict) {
        super(strict);
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> strict) {
        return new TolerantDeserializer(strict);
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        JsonNode written = context.readTree(parser);
        List<String> dropped = new ArrayList<>();
        for (int attempt = 0; ; attempt++) {
            try {
                var object = (HasMetadata) strict(written, parser, context);
                Unreadable.note(object, dropped);
                return object;
            } catch (JsonMappingException e) {
                if (!(written instanceof ObjectNode root) || !takeOut(root, e, attempt, dropped)) {
                    throw e;
                }
            }
        }
    }

    private Object strict(JsonNode written, JsonParser parser, DeserializationContext context) throws IOException {
        try (var tree = new TreeTraversingParser(written, parser.getCodec())) {
            tree.nextToken();
            return super.deserialize(tree, context);
        }
    }

    /** Whether something was taken out: otherwise there is no use in trying again. */
    private static boolean takeOut(ObjectNode root, JsonMappingException problem, int attempt, List<String> dropped) {
        var steps = problem.getPath();
        String field = steps.isEmpty() ? "" : String.valueOf(steps.get(0).getFieldName());
        if (field.equals("status")) {
            // Nobody compiles it, and it is written anew as a whole.
            return root.remove("status") != null;
        }
        if (!field.equals("spec")) {
            return false;
        }
        if (attempt < MOST && takeOut(root, steps)) {
            dropped.add(path(steps));
            return true;
        }
        dropped.clear();
        dropped.add("spec");
        return root.remove("spec") != null;
    }

    private static boolean takeOut(ObjectNode root, List<JsonMappingException.Reference> steps) {
        JsonNode parent = root;
        for (var step : steps.subList(0, steps.size() - 1)) {
            parent = step.getFieldName() == null ? parent.path(step.getIndex()) : parent.path(step.getFieldName());
        }
        var last = steps.get(steps.size() - 1);
        if (parent instanceof ObjectNode object && last.getFieldName() != null) {
            return object.remove(last.getFieldName()) != null;
        }
        if (parent instanceof ArrayNode array && array.hasNonNull(last.getIndex())) {
            array.setNull(last.getIndex());
            return true;
        }
        return false;
    }

    private static String path(List<JsonMappingException.Reference> steps) {
        var path = new StringBuilder();
        for (var step : steps) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.toString();
    }
}
