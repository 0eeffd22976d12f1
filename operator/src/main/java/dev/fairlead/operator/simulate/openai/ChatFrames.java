package dev.fairlead.operator.simulate.openai;

import dev.fairlead.operator.simulate.dialect.Frame;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The events of one chat stream, made when asked for: a role event for each choice, its content, its finish reason, then
 * usage if the caller wanted it, then {@code [DONE]}.
 */
final class ChatFrames implements Iterator<Frame> {

    private static final String NO_REASON = "},\"logprobs\":null,\"finish_reason\":null}";

    private final List<Completion> choices;
    private final int chunks;
    private final String usage;
    private final String prefix;
    private final String suffix;
    private long position;

    /**
     * @param chunks content events for each choice; {@link Integer#MAX_VALUE} goes on for ever
     * @param usage the usage object, or null when the caller did not ask
     */
    ChatFrames(ChatHead head, List<Completion> choices, int chunks, String usage) {
        this.choices = choices;
        this.chunks = chunks;
        this.usage = usage;
        StringBuilder open = head.open(new StringBuilder(256).append("data: "), "chat.completion.chunk");
        this.prefix = head.close(open).append(",\"choices\":[").toString();
        this.suffix = usage == null ? "]}\n\n" : "],\"usage\":null}\n\n";
    }

    @Override
    public boolean hasNext() {
        return chunks == Integer.MAX_VALUE || position < doneAt() + 1;
    }

    @Override
    public Frame next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the stream has ended");
        }
        long at = position++;
        int count = choices.size();
        int index = (int) (at % count);
        if (at < count) {
            return role(index);
        }
        long chunk = at / count - 1;
        if (chunk < chunks) {
            return content(index, chunk);
        }
        if (at < finishesBefore()) {
            String choice = "{\"index\":" + index + ",\"delta\":{},\"logprobs\":null,\"finish_reason\":\""
                    + choices.get(index).finishReason() + "\"}";
            return frame(prefix + choice + suffix, 0);
        }
        if (at < doneAt()) {
            return frame(prefix + "],\"usage\":" + usage + "}\n\n", 0);
        }
        return frame("data: [DONE]\n\n", 0);
    }

    private long finishesBefore() {
        return choices.size() * (chunks + 2L);
    }

    private long doneAt() {
        return finishesBefore() + (usage == null ? 0 : 1);
    }

    private Frame role(int index) {
        Completion choice = choices.get(index);
        StringBuilder json = new StringBuilder(prefix.length() + 160).append(prefix);
        json.append("{\"index\":").append(index).append(",\"delta\":{\"role\":\"assistant\",\"content\":");
        if (choice.toolName() == null) {
            json.append("\"\",\"refusal\":null").append(NO_REASON);
            return frame(json.append(suffix).toString(), 0);
        }
        json.append("null,\"tool_calls\":[{\"index\":0,\"id\":\"").append(choice.toolCallId());
        json.append("\",\"type\":\"function\",\"function\":{\"name\":");
        JsonText.quoted(json, choice.toolName())
                .append(",\"arguments\":\"\"}}],\"refusal\":null")
                .append(NO_REASON);
        return frame(json.append(suffix).toString(), (int) (choice.tokens() - choice.textTokens()));
    }

    private Frame content(int index, long chunk) {
        Completion choice = choices.get(index);
        int all = choice.textTokens();
        int from = (int) (chunks == Integer.MAX_VALUE ? chunk % Math.max(1, all) : all * chunk / chunks);
        int to = (int) (chunks == Integer.MAX_VALUE ? from + 1 : all * (chunk + 1) / chunks);
        StringBuilder json = new StringBuilder(prefix.length() + 160).append(prefix);
        json.append("{\"index\":").append(index).append(",\"delta\":{");
        if (choice.toolName() == null) {
            JsonText.quoted(json.append("\"content\":"), choice.part(from, to));
        } else {
            json.append("\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":");
            JsonText.quoted(json, choice.part(from, to)).append("}}]");
        }
        return frame(json.append(NO_REASON).append(suffix).toString(), to - from);
    }

    private static Frame frame(String text, int tokens) {
        return new Frame(text, tokens);
    }
}
