package dev.fairlead.operator.plan.load;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.sidecar.exchange.Endpoint;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a plan needs of one call record.
 *
 * @param epochMs when the call began
 * @param headers by which the client told its priority, its deadline and what it belongs to
 * @param served whether a provider answered it to its end; only then are tokens and times known
 * @param maxTokens what the client set as maximum, 0 for nothing
 * @param firstMs from the last attempt's start to the first content; 0 for what is no stream
 * @param servedMs of the last attempt
 */
record RecordedCall(
        long epochMs,
        Caller caller,
        Endpoint endpoint,
        String route,
        String model,
        boolean stream,
        Map<String, String> headers,
        boolean served,
        long inputTokens,
        long outputTokens,
        long maxTokens,
        long firstMs,
        long servedMs) {

    private static final Set<String> PRIORITIES = Set.of("Interactive", "Normal", "Batch");

    /** Whose call it was; fields that the record does not have are {@code null}. */
    record Caller(String namespace, String workload, String serviceAccount, String pod) {}

    /**
     * Reads a record.
     *
     * @return {@code null} for a call that never asked for a key: it found no route, or was no call of a model
     * @throws IllegalArgumentException when it is no record
     */
    static RecordedCall of(JsonNode record) {
        if (!record.isObject() || !record.path("time").isTextual()) {
            throw new IllegalArgumentException("no call record: expected a JSON object with a time");
        }
        var endpoint = endpoint(record.path("endpoint").asText());
        var model = record.path("model").asText("");
        var route = record.path("route").asText("");
        if (endpoint == null || model.isEmpty() || route.isEmpty()) {
            return null;
        }
        var attempts = record.path("attempts");
        var last = attempts.path(Math.max(0, attempts.size() - 1));
        boolean served = record.path("outcome").asText().equals("ok") && last.has("ms");
        double lastMs = last.path("ms").asDouble();
        double before = record.path("durationMs").asDouble() - lastMs;
        double first = record.has("ttftMs") ? record.path("ttftMs").asDouble() - before : 0;
        var usage = record.path("usage");
        return new RecordedCall(
                time(record.path("time").textValue()),
                new Caller(
                        record.path("namespace").asText(null),
                        record.path("workload").asText(null),
                        record.path("serviceAccount").asText(null),
                        record.path("pod").asText(null)),
                endpoint,
                route,
                model,
                record.path("stream").asBoolean(),
                headers(record),
                served,
                count(usage, "inputTokens"),
                count(usage, "outputTokens"),
                count(record, "maxTokens"),
                Math.round(Math.min(lastMs, Math.max(0, first))),
                Math.round(lastMs));
    }

    private static Map<String, String> headers(JsonNode record) {
        var headers = new HashMap<String, String>();
        if (record.has("priority")) {
            var priority = record.path("priority").asText();
            if (!PRIORITIES.contains(priority)) {
                throw new IllegalArgumentException(
                        "priority is '" + priority + "', expected Interactive, Normal or Batch");
            }
            headers.put("x-fairlead-priority", priority);
        }
        long timeoutMs = count(record, "timeoutMs");
        if (timeoutMs > 0) {
            headers.put("x-fairlead-timeout-ms", Long.toString(timeoutMs));
        }
        if (record.has("affinity")) {
            headers.put("x-fairlead-session", record.path("affinity").asText());
        }
        return headers;
    }

    private static long count(JsonNode node, String name) {
        long count = node.path(name).asLong();
        if (count < 0) {
            throw new IllegalArgumentException(name + " is " + count + ", expected 0 or more");
        }
        return count;
    }

    private static long time(String text) {
        try {
            return Instant.parse(text).toEpochMilli();
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("time is '" + text + "', expected one such as 2026-01-31T12:00:00Z", e);
        }
    }

    private static Endpoint endpoint(String name) {
        return switch (name) {
            case "ChatCompletions" -> Endpoint.CHAT_COMPLETIONS;
            case "Responses" -> Endpoint.RESPONSES;
            case "Embeddings" -> Endpoint.EMBEDDINGS;
            default -> null;
        };
    }
}
