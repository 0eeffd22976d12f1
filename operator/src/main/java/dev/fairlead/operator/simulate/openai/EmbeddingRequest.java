package dev.fairlead.operator.simulate.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.operator.simulate.profile.ModelProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * An embeddings request that OpenAI would serve.
 *
 * @param inputs one seed and token count for each vector to make
 * @param dimensions of each vector
 * @param base64 whether vectors are little-endian floats in base64, as the official SDKs ask, or JSON numbers
 */
record EmbeddingRequest(List<Input> inputs, int dimensions, boolean base64) {

    private static final Set<String> KNOWN =
            Set.of("input", "model", "encoding_format", "dimensions", "user", "safety_identifier");
    private static final int MOST_INPUTS = 2048;

    /** One text, or one list of token numbers. */
    record Input(int seed, long tokens) {}

    static EmbeddingRequest of(JsonNode root, ModelProfile model) throws BadParameter {
        Parameters parameters = new Parameters(root);
        parameters.onlyKnown(KNOWN);
        List<Input> inputs = inputs(parameters.required("input"));
        for (Input input : inputs) {
            if (model.contextWindow() != null && input.tokens() > model.contextWindow()) {
                throw new BadParameter(
                        "This model's maximum context length is %d tokens, however you requested %d tokens (%d in your prompt; 0 for the completion). Please reduce your prompt; or completion length."
                                .formatted(model.contextWindow(), input.tokens(), input.tokens()),
                        null,
                        null);
            }
        }
        return new EmbeddingRequest(inputs, dimensions(parameters, model), base64(parameters));
    }

    long tokens() {
        return inputs.stream().mapToLong(Input::tokens).sum();
    }

    /** What a request costs by the look of it, also when it is not valid. */
    static long estimate(JsonNode root) {
        JsonNode input = root.path("input");
        try {
            return inputs(input).stream().mapToLong(Input::tokens).sum();
        } catch (BadParameter e) {
            return 1;
        }
    }

    private static List<Input> inputs(JsonNode input) throws BadParameter {
        if (input.isTextual()) {
            return List.of(text(input));
        }
        if (!input.isArray() || input.isEmpty()) {
            throw invalid();
        }
        if (input.get(0).isIntegralNumber()) {
            return List.of(numbers(input));
        }
        if (input.size() > MOST_INPUTS) {
            throw new BadParameter(
                    "Invalid 'input': array too long. Expected an array with maximum length " + MOST_INPUTS
                            + ", but got an array with length " + input.size() + " instead.",
                    "input",
                    "array_above_max_length");
        }
        List<Input> inputs = new ArrayList<>(input.size());
        for (JsonNode one : input) {
            inputs.add(one.isArray() ? numbers(one) : text(one));
        }
        return inputs;
    }

    private static Input text(JsonNode node) throws BadParameter {
        if (!node.isTextual() || node.textValue().isEmpty()) {
            throw invalid();
        }
        return new Input(node.textValue().hashCode(), TokenEstimate.ofText(node.textValue()));
    }

    private static Input numbers(JsonNode node) throws BadParameter {
        if (node.isEmpty()) {
            throw invalid();
        }
        for (JsonNode number : node) {
            if (!number.isIntegralNumber()) {
                throw invalid();
            }
        }
        return new Input(node.hashCode(), node.size());
    }

    private static int dimensions(Parameters parameters, ModelProfile model) throws BadParameter {
        long dimensions = parameters.integer("dimensions", Long.MIN_VALUE, Long.MAX_VALUE, model.dimensions());
        if (dimensions < 1) {
            throw new BadParameter(dimensions + " is less than the minimum of 1 - 'dimensions'", null, null);
        }
        if (dimensions > model.dimensions()) {
            throw new BadParameter(
                    "Invalid value for 'dimensions' = " + dimensions + ". Must be less than or equal to "
                            + model.dimensions() + ".",
                    null,
                    null);
        }
        return (int) dimensions;
    }

    private static boolean base64(Parameters parameters) throws BadParameter {
        String format = parameters.has("encoding_format")
                ? parameters.get("encoding_format").asText()
                : "float";
        if (!format.equals("float") && !format.equals("base64")) {
            throw new BadParameter(
                    "Invalid value: '" + format + "'. Supported values are: 'float' and 'base64'.",
                    "encoding_format",
                    "invalid_value");
        }
        return format.equals("base64");
    }

    private static BadParameter invalid() {
        return new BadParameter(
                "'$.input' is invalid. Please check the API reference: https://platform.openai.com/docs/api-reference.",
                null,
                null);
    }
}
