package dev.fairlead.operator.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Set;

/** The answer of {@code /debug/why} for people. */
final class WhyText {
    private static final Set<String> REFUSED = Set.of("Invalid", "Suspended");

    private final JsonNode answer;

    WhyText(JsonNode answer) {
        this.answer = answer;
    }

    void print(PrintWriter out) {
        out.println(verdict());
        for (var target : answer.path("targets")) {
            out.println();
            out.println(target(target));
            if (target.has("coordination")) {
                out.println("  " + text(target, "coordination"));
            }
            for (var key : target.path("keys")) {
                out.println(key(key));
            }
        }
    }

    private String verdict() {
        var call = "a call for " + text(answer, "model")
                + (answer.has("route") ? " (route " + text(answer, "route") + ")" : "");
        return switch (text(answer, "answer")) {
            case "served" ->
                call + " would be served at once by " + text(answer, "target") + " with key " + text(answer, "key")
                        + ": " + text(answer, "because");
            case "waits" ->
                call + " would wait " + span(answer.path("waitMs").asLong()) + " for " + text(answer, "target") + ": "
                        + text(answer, "because");
            default ->
                call + " would be refused with " + answer.path("status").asInt() + " " + text(answer, "code") + ": "
                        + text(answer, "because");
        };
    }

    private static String target(JsonNode target) {
        return text(target, "target") + ": pool " + text(target, "pool") + ", model " + text(target, "model")
                + ", priority " + target.path("priority").asInt() + ", " + standing(target) + ", "
                + target.path("inFlight").asInt() + " on their way, "
                + target.path("waiting").asInt() + " waiting"
                + (target.has("headroomPercent")
                        ? ", " + target.path("headroomPercent").asInt() + " % left"
                        : "");
    }

    private static String standing(JsonNode target) {
        if (target.path("ready").asBoolean()) {
            return "ready";
        }
        var why = target.has("limit") ? text(target, "limit") : text(target, target.has("cause") ? "cause" : "because");
        return target.has("availableInMs")
                ? why + ", back in " + span(target.path("availableInMs").asLong())
                : why;
    }

    private static String key(JsonNode key) {
        return String.format(
                        Locale.ROOT,
                        "  %-24s %-20s %-10s %s",
                        text(key, "key"),
                        text(key, "quotaGroup"),
                        key.path("ready").asBoolean() && !isTriedNext(key)
                                ? "ready"
                                : text(key, "state").toLowerCase(Locale.ROOT),
                        reason(key))
                .stripTrailing();
    }

    /** Whether the call may find out if the provider, which has refused the key, takes it again. */
    private static boolean isTriedNext(JsonNode key) {
        return key.path("ready").asBoolean() && REFUSED.contains(text(key, "state"));
    }

    private static String reason(JsonNode key) {
        var reason = new StringBuilder(text(key, "because"));
        if (isTriedNext(key)) {
            reason.append(", the next call tries it");
        }
        if (key.has("availableInMs")) {
            reason.append(reason.isEmpty() ? "" : ", ")
                    .append(REFUSED.contains(text(key, "state")) ? "tried again in " : "back in ")
                    .append(span(key.path("availableInMs").asLong()));
        }
        if (key.path("recovering").asBoolean()) {
            reason.append(reason.isEmpty() ? "" : ", ").append("recovering");
        }
        return reason.toString();
    }

    private static String span(long ms) {
        if (ms < 1_000) {
            return ms + " ms";
        }
        return ms < 60_000 ? String.format(Locale.ROOT, "%.1f s", ms / 1_000.0) : (ms + 59_999) / 60_000 + " min";
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText("");
    }
}
