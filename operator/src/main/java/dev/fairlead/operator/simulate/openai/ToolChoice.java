package dev.fairlead.operator.simulate.openai;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Whether the answer is a function call. The simulated model calls one exactly when it must: {@code tool_choice} is
 * {@code required} or names a function.
 *
 * @param function the definition to call, or null for text
 */
record ToolChoice(JsonNode function) {

    private static final ToolChoice TEXT = new ToolChoice(null);

    static ToolChoice of(Parameters parameters) throws BadParameter {
        JsonNode tools = tools(parameters);
        JsonNode choice = parameters.get("tool_choice");
        if (!parameters.has("tool_choice")) {
            return TEXT;
        }
        if (tools.isEmpty()) {
            throw new BadParameter(
                    "Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are specified.",
                    "tool_choice",
                    null);
        }
        if (choice.isTextual()) {
            return worded(choice.textValue(), tools);
        }
        if (!choice.isObject()) {
            throw Parameters.wrongType("tool_choice", "one of 'none', 'auto', 'required' or an object", choice);
        }
        return named(choice.path("function").path("name").asText(), tools);
    }

    private static JsonNode tools(Parameters parameters) throws BadParameter {
        JsonNode tools = parameters.get("tools");
        if (!parameters.has("tools")) {
            return tools;
        }
        parameters.array("tools", "an array of objects");
        int index = 0;
        for (JsonNode tool : tools) {
            String path = "tools[" + index++ + "]";
            if (!tool.isObject()) {
                throw Parameters.wrongType(path, "an object", tool);
            }
            if (!tool.path("function").path("name").isTextual()) {
                throw new BadParameter(
                        "Missing required parameter: '" + path + ".function.name'.",
                        path + ".function.name",
                        "missing_required_parameter");
            }
        }
        return tools;
    }

    private static ToolChoice worded(String word, JsonNode tools) throws BadParameter {
        return switch (word) {
            case "none", "auto" -> TEXT;
            case "required" -> new ToolChoice(tools.get(0).get("function"));
            default ->
                throw new BadParameter(
                        "Invalid value: '" + word + "'. Supported values are: 'none', 'auto', and 'required'.",
                        "tool_choice",
                        "invalid_value");
        };
    }

    private static ToolChoice named(String name, JsonNode tools) throws BadParameter {
        for (JsonNode tool : tools) {
            if (tool.get("function").get("name").textValue().equals(name)) {
                return new ToolChoice(tool.get("function"));
            }
        }
        throw new BadParameter("Tool choice '" + name + "' not found in 'tools' parameter.", "tool_choice", null);
    }
}
