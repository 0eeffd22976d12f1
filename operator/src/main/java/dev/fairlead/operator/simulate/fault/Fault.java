package dev.fairlead.operator.simulate.fault;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.operator.simulate.profile.Millis;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One fault as somebody asked for it. A selector that is null matches everything.
 *
 * @param kind what goes wrong
 * @param endpoint label of an {@link dev.fairlead.operator.simulate.dialect.Endpoint}
 * @param account name of an account
 * @param key name of a key within its account
 * @param model id of a model
 * @param stream true strikes only streams, false only whole answers
 * @param count how many calls it strikes before it is over; null means until cleared
 * @param probability 0 to 1: the chance that it strikes a call that matches; null means always
 * @param status status of an error, where the kind has one of its own it is replaced
 * @param body body of an error: a string is sent as it is, anything else as JSON
 * @param headers more response headers, or others
 * @param retryAfter with its unit ({@code 20s}); sent as {@code retry-after} and {@code retry-after-ms}
 * @param afterChunks events of the stream that are sent before it strikes, the role event included
 * @param delayMs milliseconds before anything happens
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Fault(
        FaultKind kind,
        String endpoint,
        String account,
        String key,
        String model,
        Boolean stream,
        Long count,
        Double probability,
        Integer status,
        JsonNode body,
        Map<String, String> headers,
        String retryAfter,
        Integer afterChunks,
        Long delayMs) {

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Set<String> FRAMING = Set.of("content-length", "transfer-encoding");
    private static final Set<String> ENDPOINTS = Set.of("chat", "embeddings", "models", "other");
    private static final Set<FaultKind> WITH_RESPONSE = Set.of(
            FaultKind.status,
            FaultKind.rateLimit,
            FaultKind.overloaded,
            FaultKind.serverError,
            FaultKind.badKey,
            FaultKind.quota,
            FaultKind.garbage,
            FaultKind.htmlBadGateway);
    private static final Set<FaultKind> IN_STREAM =
            Set.of(FaultKind.cutStream, FaultKind.errorInStream, FaultKind.stall, FaultKind.reset);

    public Fault {
        that(kind != null, "kind is required; kinds are " + List.of(FaultKind.values()));
        that(
                endpoint == null || ENDPOINTS.contains(endpoint),
                "endpoint: expected one of chat, embeddings, models, other");
        that(count == null || count >= 1, "count: expected at least 1");
        that(probability == null || (probability >= 0 && probability <= 1), "probability: expected 0 to 1");
        that(status == null || (status >= 200 && status <= 599), "status: expected 200 to 599");
        that(kind != FaultKind.status || status != null, "status: kind status needs it");
        boolean response = WITH_RESPONSE.contains(kind);
        that(status == null || response, "status: kind " + kind + " has no response of its own");
        that(headers == null || response, "headers: kind " + kind + " has no response of its own");
        that(retryAfter == null || response, "retryAfter: kind " + kind + " has no response of its own");
        that(
                body == null || response || kind == FaultKind.errorInStream,
                "body: kind " + kind + " has none of its own");
        that(afterChunks == null || IN_STREAM.contains(kind), "afterChunks: kind " + kind + " is not inside a stream");
        that(afterChunks == null || afterChunks >= 0, "afterChunks: expected at least 0");
        that(kind != FaultKind.slow || delayMs != null, "delayMs: kind slow needs it");
        that(delayMs == null || (delayMs >= 0 && delayMs <= 86_400_000), "delayMs: expected 0 to 86400000");
        if (headers != null) {
            headers.forEach(Fault::sendable);
            headers = Map.copyOf(headers);
        }
        if (retryAfter != null) {
            Millis.of(retryAfter);
        }
    }

    /** Wait before it strikes, in milliseconds. */
    public long delay() {
        return delayMs == null ? 0 : delayMs;
    }

    /** The wait that its response asks for in milliseconds, or {@code otherwise}. */
    public long retryAfterMillis(long otherwise) {
        return retryAfter == null ? otherwise : Millis.of(retryAfter).value();
    }

    /** The custom body as it is sent, or null. */
    public String bodyText() {
        if (body == null || body.isNull()) {
            return null;
        }
        return body.isTextual() ? body.textValue() : body.toString();
    }

    private static void sendable(String name, String value) {
        that(TOKEN.matcher(name).matches(), "headers: '" + name + "' is not a header name");
        that(
                !FRAMING.contains(name.toLowerCase(Locale.ROOT)),
                "headers: " + name + " is not yours to set; see kind truncatedBody");
        that(
                value != null && value.chars().allMatch(c -> c >= 0x20 && c < 0x7F),
                "headers: value of " + name + " is not printable ASCII");
    }

    private static void that(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
