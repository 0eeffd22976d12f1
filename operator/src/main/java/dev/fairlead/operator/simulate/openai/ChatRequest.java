package dev.fairlead.operator.simulate.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * A chat completion request that OpenAI would serve.
 *
 * @param choices the parameter {@code n}
 * @param maxTokens longest completion of one choice; {@link Long#MAX_VALUE} when the caller set none
 * @param tool the function it must call, or null for text
 * @param schema JSON schema that text must follow, or null for prose
 * @param textSeed the same for the same messages
 */
record ChatRequest(
        boolean stream,
        boolean includeUsage,
        int choices,
        long maxTokens,
        JsonNode tool,
        JsonNode schema,
        int textSeed) {

    private static final Set<String> KNOWN = Set.of(
            "messages",
            "model",
            "audio",
            "frequency_penalty",
            "function_call",
            "functions",
            "logit_bias",
            "logprobs",
            "max_completion_tokens",
            "max_tokens",
            "metadata",
            "modalities",
            "n",
            "parallel_tool_calls",
            "prediction",
            "presence_penalty",
            "prompt_cache_key",
            "prompt_cache_retention",
            "reasoning_effort",
            "response_format",
            "safety_identifier",
            "seed",
            "service_tier",
            "stop",
            "store",
            "stream",
            "stream_options",
            "temperature",
            "tool_choice",
            "tools",
            "top_logprobs",
            "top_p",
            "user",
            "verbosity",
            "web_search_options");
    private static final Set<String> ROLES = Set.of("system", "assistant", "user", "function", "tool", "developer");

    static ChatRequest of(JsonNode root) throws BadParameter {
        Parameters parameters = new Parameters(root);
        parameters.onlyKnown(KNOWN);
        messages(parameters);
        boolean stream = parameters.flag("stream");
        ToolChoice choice = ToolChoice.of(parameters);
        sampling(parameters);
        return new ChatRequest(
                stream,
                includeUsage(parameters, stream),
                (int) parameters.integer("n", 1, 128, 1),
                maxTokens(parameters),
                choice.function(),
                schema(parameters),
                root.get("messages").hashCode());
    }

    private static void messages(Parameters parameters) throws BadParameter {
        parameters.array("messages", "an array of objects");
        int index = 0;
        for (JsonNode message : parameters.get("messages")) {
            message("messages[" + index++ + "]", message);
        }
    }

    private static void message(String path, JsonNode message) throws BadParameter {
        if (!message.isObject()) {
            throw Parameters.wrongType(path, "an object", message);
        }
        if (!message.hasNonNull("role")) {
            throw new BadParameter(
                    "Missing required parameter: '" + path + ".role'.", path + ".role", "missing_required_parameter");
        }
        String role = message.get("role").asText();
        if (!ROLES.contains(role)) {
            throw new BadParameter(
                    "Invalid value: '" + role + "'. Supported values are: 'system', 'assistant', 'user', 'function',"
                            + " 'tool', and 'developer'.",
                    path + ".role",
                    "invalid_value");
        }
        JsonNode content = message.path("content");
        boolean maySayNothing = role.equals("assistant") || role.equals("function");
        if (content.isTextual()
                || content.isArray()
                || (maySayNothing && (content.isMissingNode() || content.isNull()))) {
            return;
        }
        if (content.isMissingNode()) {
            throw new BadParameter(
                    "Missing required parameter: '" + path + ".content'.",
                    path + ".content",
                    "missing_required_parameter");
        }
        throw Parameters.wrongType(path + ".content", "one of a string or array of objects", content);
    }

    private static boolean includeUsage(Parameters parameters, boolean stream) throws BadParameter {
        parameters.object("stream_options");
        if (parameters.has("stream_options") && !stream) {
            throw new BadParameter(
                    "The 'stream_options' parameter is only allowed when 'stream' is enabled.", "stream_options", null);
        }
        return parameters.get("stream_options").path("include_usage").asBoolean(false);
    }

    private static long maxTokens(Parameters parameters) throws BadParameter {
        if (parameters.has("max_tokens") && parameters.has("max_completion_tokens")) {
            throw new BadParameter(
                    "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.",
                    "max_tokens",
                    "invalid_parameter_combination");
        }
        long max = parameters.integer("max_tokens", 1, Integer.MAX_VALUE, Long.MAX_VALUE);
        return parameters.integer("max_completion_tokens", 1, Integer.MAX_VALUE, max);
    }

    private static void sampling(Parameters parameters) throws BadParameter {
        parameters.number("temperature", 0, 2);
        parameters.number("top_p", 0, 1);
        parameters.number("presence_penalty", -2, 2);
        parameters.number("frequency_penalty", -2, 2);
    }

    private static JsonNode schema(Parameters parameters) throws BadParameter {
        parameters.object("response_format");
        JsonNode format = parameters.get("response_format");
        return switch (format.path("type").asText("text")) {
            case "text" -> null;
            case "json_object" -> format;
            case "json_schema" -> format.path("json_schema").path("schema");
            default ->
                throw new BadParameter(
                        "Invalid value: '" + format.get("type").asText()
                                + "'. Supported values are: 'json_object', 'json_schema', and 'text'.",
                        "response_format.type",
                        "invalid_value");
        };
    }
}
