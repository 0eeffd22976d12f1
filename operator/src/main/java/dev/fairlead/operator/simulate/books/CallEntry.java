package dev.fairlead.operator.simulate.books;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fairlead.operator.simulate.account.RejectionCause;
import dev.fairlead.operator.simulate.dialect.Endpoint;
import dev.fairlead.operator.simulate.fault.FaultKind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What is known of one call; filled in while it runs. Times are microseconds since 1970. */
public final class CallEntry {

    private final long number;
    private final long startedAt;
    private final String method;
    private final String path;
    private final Endpoint endpoint;
    private final List<String> headerNames;
    private final boolean authorization;
    private String account;
    private String key;
    private String model;
    private boolean stream;
    private long bytesIn;
    private FaultKind fault;
    private RejectionCause rejectedBy;
    private long charged;
    private long inputTokens;
    private long outputTokens;
    private long events;
    private int status;
    private String requestId;
    private Outcome outcome;
    private long endedAt;

    CallEntry(
            long number,
            long startedAt,
            String method,
            String path,
            Endpoint endpoint,
            List<String> headerNames,
            boolean authorization) {
        this.number = number;
        this.startedAt = startedAt;
        this.method = method;
        this.path = path;
        this.endpoint = endpoint;
        this.headerNames = headerNames;
        this.authorization = authorization;
    }

    public void caller(String accountName, String keyName) {
        this.account = accountName;
        this.key = keyName;
    }

    public void read(long bytes, String modelName, boolean asStream) {
        this.bytesIn = bytes;
        this.model = modelName;
        this.stream = asStream;
    }

    public void struckBy(FaultKind kind) {
        this.fault = kind;
    }

    void rejectedBy(RejectionCause cause) {
        this.rejectedBy = cause;
    }

    void charged(long tokens) {
        this.charged = tokens;
    }

    void used(long input, long output) {
        this.inputTokens += input;
        this.outputTokens += output;
    }

    /** One more event of the stream was written. */
    public void event() {
        events++;
    }

    /** The response head was written. */
    public void head(int statusCode, String id) {
        this.status = statusCode;
        this.requestId = id;
    }

    void ended(Outcome how, long now) {
        this.outcome = how;
        this.endedAt = now;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    String key() {
        return key;
    }

    /** Status of the response head, or 0 when none was written. */
    public int status() {
        return status;
    }

    void writeTo(ObjectNode node) {
        node.put("number", number)
                .put("time", time(startedAt))
                .put("method", method)
                .put("path", path)
                .put("endpoint", endpoint.label())
                .put("account", account)
                .put("key", key)
                .put("model", model)
                .put("stream", stream)
                .put("bytesIn", bytesIn)
                .put("authorization", authorization);
        headerNames.forEach(node.putArray("headers")::add);
        node.put("outcome", outcome == null ? "running" : outcome.name())
                .put("status", status)
                .put("fault", fault == null ? null : fault.name())
                .put("rejectedBy", rejectedBy == null ? null : rejectedBy.name())
                .put("chargedTokens", charged)
                .put("inputTokens", inputTokens)
                .put("outputTokens", outputTokens)
                .put("events", events)
                .put("requestId", requestId);
        if (outcome == null) {
            node.putNull("endedAt").putNull("durationMicros");
        } else {
            node.put("endedAt", time(endedAt)).put("durationMicros", endedAt - startedAt);
        }
    }

    private static String time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
    }
}
