package dev.fairlead.operator.simulate.openai;

import dev.fairlead.operator.simulate.dialect.Answer;
import dev.fairlead.operator.simulate.dialect.Frame;
import dev.fairlead.operator.simulate.dialect.Reply;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A response of sealed reasoning and one message, whole or as events.
 *
 * @param sealed the reasoning as only its organization can read it
 * @param created seconds since 1970
 * @param said the message's text
 */
record ResponseAnswer(
        String id,
        String reasoningId,
        String messageId,
        String sealed,
        long created,
        String model,
        Completion said,
        long promptTokens)
        implements Answer {

    @Override
    public long outputTokens() {
        return said.tokens();
    }

    @Override
    public int naturalChunks() {
        return Math.max(1, said.textTokens());
    }

    @Override
    public Reply whole() {
        return new Reply(200, "application/json", response(true), List.of());
    }

    @Override
    public Iterator<Frame> stream(int chunks) {
        var frames = new ArrayList<Frame>(chunks + 5);
        frames.add(event(0, "response.created", "\"response\":" + response(false), 0));
        frames.add(event(1, "response.in_progress", "\"response\":" + response(false), 0));
        frames.add(event(2, "response.output_item.done", "\"output_index\":0,\"item\":" + reasoning(), 0));
        var opened = "\"output_index\":1,\"item\":{\"id\":\"" + messageId
                + "\",\"type\":\"message\",\"status\":\"in_progress\",\"role\":\"assistant\",\"content\":[]}";
        frames.add(event(3, "response.output_item.added", opened, 0));
        int all = said.textTokens();
        for (int i = 0; i < chunks; i++) {
            frames.add(delta(4 + i, (int) ((long) all * i / chunks), (int) ((long) all * (i + 1) / chunks)));
        }
        var end = said.finishReason().equals("length") ? "response.incomplete" : "response.completed";
        frames.add(event(4 + chunks, end, "\"response\":" + response(true), 0));
        return frames.iterator();
    }

    @Override
    public Iterator<Frame> endless() {
        return Stream.iterate(0, i -> i + 1).map(i -> delta(i, 0, 1)).iterator();
    }

    private Frame delta(int number, int from, int to) {
        var json = new StringBuilder("\"item_id\":\"").append(messageId);
        json.append("\",\"output_index\":1,\"content_index\":0,\"logprobs\":[],\"delta\":");
        JsonText.quoted(json, said.part(from, to));
        return event(number, "response.output_text.delta", json.toString(), to - from);
    }

    private static Frame event(int number, String type, String fields, int tokens) {
        return new Frame(
                "event: " + type + "\ndata: {\"type\":\"" + type + "\",\"sequence_number\":" + number + "," + fields
                        + "}\n\n",
                tokens);
    }

    private String reasoning() {
        return "{\"id\":\"" + reasoningId + "\",\"type\":\"reasoning\",\"summary\":[],\"encrypted_content\":\"" + sealed
                + "\"}";
    }

    /** @param over whether it is all there; otherwise it has just begun */
    private String response(boolean over) {
        boolean cut = said.finishReason().equals("length");
        var json = new StringBuilder(1_024).append("{\"id\":\"").append(id).append("\",\"object\":\"response\"");
        json.append(",\"created_at\":").append(created).append(",\"status\":\"");
        json.append(!over ? "in_progress" : cut ? "incomplete" : "completed");
        json.append("\",\"error\":null,\"incomplete_details\":");
        json.append(over && cut ? "{\"reason\":\"max_output_tokens\"}" : "null");
        json.append(",\"instructions\":null,\"metadata\":{},\"model\":");
        JsonText.quoted(json, model);
        json.append(
                ",\"parallel_tool_calls\":true,\"temperature\":1.0,\"top_p\":1.0,\"tool_choice\":\"auto\",\"tools\":[]");
        json.append(",\"output\":[");
        if (over) {
            json.append(reasoning()).append(",{\"id\":\"").append(messageId);
            json.append("\",\"type\":\"message\",\"status\":\"completed\",\"role\":\"assistant\",\"content\":[");
            json.append("{\"type\":\"output_text\",\"annotations\":[],\"logprobs\":[],\"text\":");
            JsonText.quoted(json, said.text()).append("}]}");
        }
        json.append("],\"usage\":");
        if (over) {
            json.append("{\"input_tokens\":").append(promptTokens);
            json.append(",\"input_tokens_details\":{\"cached_tokens\":0},\"output_tokens\":")
                    .append(outputTokens());
            json.append(",\"output_tokens_details\":{\"reasoning_tokens\":0},\"total_tokens\":");
            json.append(promptTokens + outputTokens()).append('}');
        } else {
            json.append("null");
        }
        return json.append('}').toString();
    }
}
