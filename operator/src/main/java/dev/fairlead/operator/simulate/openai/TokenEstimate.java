package dev.fairlead.operator.simulate.openai;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How the simulator counts tokens: one for every four characters (UTF-16 units) begun, and fixed amounts for what is not
 * text. A pure function of the request, so that a test can compute the same number.
 */
final class TokenEstimate {

    private static final int CHARACTERS_PER_TOKEN = 4;
    private static final int PER_REQUEST = 3;
    private static final int PER_MESSAGE = 3;
    private static final int PER_ATTACHMENT = 85;

    private TokenEstimate() {}

    static long ofLength(long characters) {
        return (characters + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
    }

    static long ofText(String text) {
        return ofLength(text.length());
    }

    /** The prompt of a chat request: messages and tool definitions. */
    static long ofChat(JsonNode request) {
        long tokens = PER_REQUEST;
        for (JsonNode message : request.path("messages")) {
            tokens += ofMessage(message);
        }
        JsonNode tools = request.path("tools");
        return tools.isArray() && !tools.isEmpty() ? tokens + ofText(tools.toString()) : tokens;
    }

    private static long ofMessage(JsonNode message) {
        long characters = length(message.path("name"));
        long tokens = PER_MESSAGE;
        JsonNode content = message.path("content");
        characters += length(content);
        for (JsonNode part : content.isArray() ? content : message.path("absent")) {
            characters += length(part.path("text")) + length(part.path("refusal"));
            tokens += part.has("text") || part.has("refusal") ? 0 : PER_ATTACHMENT;
        }
        for (JsonNode call : message.path("tool_calls")) {
            JsonNode function = call.path("function");
            characters += length(function.path("name")) + length(function.path("arguments"));
        }
        return tokens + ofLength(characters);
    }

    private static long length(JsonNode text) {
        return text.isTextual() ? text.textValue().length() : 0;
    }
}
