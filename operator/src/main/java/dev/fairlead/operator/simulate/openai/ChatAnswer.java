package dev.fairlead.operator.simulate.openai;

import dev.fairlead.operator.simulate.dialect.Answer;
import dev.fairlead.operator.simulate.dialect.Frame;
import dev.fairlead.operator.simulate.dialect.Reply;
import java.util.Iterator;
import java.util.List;

/** A chat completion, whole or as chunks. */
final class ChatAnswer implements Answer {

    private final ChatHead head;
    private final List<Completion> choices;
    private final long promptTokens;
    private final boolean includeUsage;

    ChatAnswer(ChatHead head, List<Completion> choices, long promptTokens, boolean includeUsage) {
        this.head = head;
        this.choices = choices;
        this.promptTokens = promptTokens;
        this.includeUsage = includeUsage;
    }

    @Override
    public long outputTokens() {
        long tokens = 0;
        for (Completion choice : choices) {
            tokens += choice.tokens();
        }
        return tokens;
    }

    @Override
    public int naturalChunks() {
        return Math.max(1, choices.get(0).textTokens());
    }

    @Override
    public Reply whole() {
        StringBuilder json = new StringBuilder(
                512 + choices.size() * (256 + choices.get(0).text().length()));
        head.open(json, "chat.completion").append(",\"choices\":[");
        for (int index = 0; index < choices.size(); index++) {
            json.append(index == 0 ? "" : ",");
            choice(json, index, choices.get(index));
        }
        json.append("],\"usage\":");
        usage(json);
        head.close(json).append('}');
        return new Reply(200, "application/json", json.toString(), List.of());
    }

    @Override
    public Iterator<Frame> stream(int chunks) {
        return new ChatFrames(head, choices, chunks, includeUsage ? usageJson() : null);
    }

    @Override
    public Iterator<Frame> endless() {
        return new ChatFrames(head, choices, Integer.MAX_VALUE, null);
    }

    private static void choice(StringBuilder json, int index, Completion choice) {
        json.append("{\"index\":").append(index).append(",\"message\":{\"role\":\"assistant\",\"content\":");
        if (choice.toolName() == null) {
            JsonText.quoted(json, choice.text());
        } else {
            json.append("null,\"tool_calls\":[{\"id\":\"").append(choice.toolCallId());
            json.append("\",\"type\":\"function\",\"function\":{\"name\":");
            JsonText.quoted(json, choice.toolName());
            json.append(",\"arguments\":");
            JsonText.quoted(json, choice.text()).append("}}]");
        }
        json.append(",\"refusal\":null,\"annotations\":[]},\"logprobs\":null,\"finish_reason\":\"");
        json.append(choice.finishReason()).append("\"}");
    }

    private String usageJson() {
        StringBuilder json = new StringBuilder(256);
        usage(json);
        return json.toString();
    }

    private void usage(StringBuilder json) {
        long output = outputTokens();
        json.append("{\"prompt_tokens\":").append(promptTokens);
        json.append(",\"completion_tokens\":").append(output);
        json.append(",\"total_tokens\":").append(promptTokens + output);
        json.append(",\"prompt_tokens_details\":{\"cached_tokens\":0,\"audio_tokens\":0}");
        json.append(",\"completion_tokens_details\":{\"reasoning_tokens\":0,\"audio_tokens\":0");
        json.append(",\"accepted_prediction_tokens\":0,\"rejected_prediction_tokens\":0}}");
    }
}
