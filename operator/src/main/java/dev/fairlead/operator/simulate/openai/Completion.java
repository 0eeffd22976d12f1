package dev.fairlead.operator.simulate.openai;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What one choice of a chat answer says, and why it ends there.
 *
 * @param toolName function it calls, or null for text
 * @param toolCallId null for text
 * @param text the content, or the arguments of the call
 * @param tokens of the whole choice, the function's name included
 */
record Completion(String toolName, String toolCallId, String text, long tokens, String finishReason) {

    static Completion prose(int seed, long wanted, long max) {
        long tokens = Math.min(wanted, max);
        return new Completion(null, null, Prose.of(seed, tokens), tokens, wanted > max ? "length" : "stop");
    }

    static Completion structured(JsonNode schema, long max) {
        return cut(null, null, new SchemaSample(schema).json(), max, "stop");
    }

    static Completion toolCall(JsonNode function, String callId, long max) {
        String arguments = new SchemaSample(function.path("parameters")).json();
        return cut(function.get("name").textValue(), callId, arguments, max, "tool_calls");
    }

    private static Completion cut(String toolName, String callId, String text, long max, String finish) {
        long nameTokens = toolName == null ? 0 : TokenEstimate.ofText(toolName);
        long room = Math.max(0, max - nameTokens);
        if (TokenEstimate.ofText(text) <= room) {
            return new Completion(toolName, callId, text, nameTokens + TokenEstimate.ofText(text), finish);
        }
        return new Completion(toolName, callId, text.substring(0, (int) room * 4), nameTokens + room, "length");
    }

    /** Tokens of {@link #text} alone. */
    int textTokens() {
        return (int) TokenEstimate.ofText(text);
    }

    /** The part of the text between two token positions; never half a surrogate pair. */
    String part(int fromToken, int toToken) {
        return text.substring(boundary(fromToken * 4), boundary(toToken * 4));
    }

    private int boundary(int index) {
        if (index >= text.length()) {
            return text.length();
        }
        return Character.isLowSurrogate(text.charAt(index)) ? index + 1 : index;
    }
}
