package dev.fairlead.sidecar.usage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.fairlead.sidecar.config.WorkloadConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Renders call records as JSON lines into a buffer. What a call does not have has no field: nothing is made up. For one
 * thread; makes hardly any garbage.
 */
final class RecordJson {
    private final JsonFactory factory =
            new JsonFactoryBuilder().rootValueSeparator("").build();
    private final Lines lines = new Lines();
    private final RecordNumbers numbers = new RecordNumbers();
    private final String pod;
    private JsonGenerator json;

    /** @param pod the pod's name, {@code null} outside a cluster */
    RecordJson(String pod) {
        this.pod = pod;
    }

    /** Appends a record as one line; an exception leaves the lines before it whole. */
    void append(CallFacts facts, WorkloadConfig workload) throws IOException {
        int before = lines.size();
        try {
            if (json == null) {
                json = factory.createGenerator(lines);
            }
            write(facts, workload);
            json.writeRaw('\n');
            json.flush();
        } catch (IOException | RuntimeException e) {
            json = null;
            lines.truncate(before);
            throw e;
        }
    }

    /** The lines so far; valid until the next call. */
    byte[] buffer() {
        return lines.buffer();
    }

    int size() {
        return lines.size();
    }

    void reset() {
        lines.reset();
    }

    private void write(CallFacts facts, WorkloadConfig workload) throws IOException {
        json.writeStartObject();
        json.writeFieldName("time");
        numbers.time(facts.startedAtMs, json);
        json.writeFieldName("id");
        numbers.hex(facts.id, json);
        if ((facts.traceIdHigh | facts.traceIdLow) != 0) {
            json.writeFieldName("traceId");
            numbers.hex(facts.traceIdHigh, facts.traceIdLow, json);
        }
        if (workload != null) {
            text("tenant", workload.tenant());
            text("namespace", workload.namespace());
            text("workload", workload.name());
            text("serviceAccount", workload.serviceAccount());
        }
        text("pod", pod);
        text("subscription", facts.subscription);
        text("route", facts.route);
        text("endpoint", facts.endpoint);
        text("dialect", facts.dialect);
        text("model", facts.model);
        json.writeBooleanField("stream", facts.stream);
        count("maxTokens", facts.maxTokens);
        text("priority", facts.priority);
        count("timeoutMs", facts.timeoutMs);
        if (facts.affinity != 0) {
            json.writeFieldName("affinity");
            numbers.hex(facts.affinity, json);
        }
        text("provider", facts.provider);
        text("pool", facts.pool);
        text("key", facts.key);
        text("quotaGroup", facts.quotaGroup);
        text("target", facts.target);
        text("upstreamModel", facts.upstreamModel);
        status(facts.status);
        text("outcome", facts.outcome.wireName());
        if (facts.error != null) {
            text("error", facts.error.code());
        }
        attempts(facts);
        millis("waitMs", facts.waitUs);
        millis("ttftMs", facts.ttftUs);
        millis("durationMs", facts.durationUs);
        if (facts.overheadUs >= 0) {
            json.writeNumberField("overheadUs", facts.overheadUs);
        }
        usage(facts.usage);
        text("finishReason", facts.finishReason);
        json.writeEndObject();
    }

    private void attempts(CallFacts facts) throws IOException {
        if (facts.attemptCount() == 0) {
            return;
        }
        json.writeArrayFieldStart("attempts");
        for (int i = 0; i < facts.attemptCount(); i++) {
            Attempt attempt = facts.attempt(i);
            json.writeStartObject();
            text("target", attempt.target);
            text("pool", attempt.pool);
            text("key", attempt.key);
            status(attempt.status);
            text("class", attempt.failureClass);
            millis("waitMs", attempt.waitUs);
            millis("ms", attempt.durationUs);
            usage(attempt.usage);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void usage(Usage usage) throws IOException {
        if (!usage.present()) {
            return;
        }
        json.writeObjectFieldStart("usage");
        json.writeNumberField("inputTokens", usage.inputTokens());
        count("cacheReadTokens", usage.cacheReadTokens());
        count("cacheWrite5mTokens", usage.cacheWrite5mTokens());
        count("cacheWrite1hTokens", usage.cacheWrite1hTokens());
        count("inputAudioTokens", usage.inputAudioTokens());
        json.writeNumberField("outputTokens", usage.outputTokens());
        count("reasoningTokens", usage.reasoningTokens());
        count("outputAudioTokens", usage.outputAudioTokens());
        if (usage.estimated()) {
            json.writeBooleanField("estimated", true);
        }
        json.writeEndObject();
    }

    /** What most calls do not have. */
    private void count(String name, long count) throws IOException {
        if (count > 0) {
            json.writeNumberField(name, count);
        }
    }

    private void status(int status) throws IOException {
        if (status > 0) {
            json.writeNumberField("status", status);
        }
    }

    private void text(String name, String value) throws IOException {
        if (value != null && !value.isEmpty()) {
            json.writeStringField(name, value);
        }
    }

    private void millis(String name, long micros) throws IOException {
        if (micros >= 0) {
            json.writeFieldName(name);
            numbers.millis(micros, json);
        }
    }

    /** A byte buffer whose bytes can be read without a copy and whose end can be taken back. */
    private static final class Lines extends ByteArrayOutputStream {
        private static final int USUAL = 1 << 16;

        Lines() {
            super(USUAL + (USUAL >> 2));
        }

        byte[] buffer() {
            return buf;
        }

        void truncate(int size) {
            count = size;
        }
    }
}
