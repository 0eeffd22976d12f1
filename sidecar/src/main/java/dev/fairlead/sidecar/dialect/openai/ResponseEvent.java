package dev.fairlead.sidecar.dialect.openai;

import dev.fairlead.sidecar.dialect.TextHash;
import java.nio.charset.StandardCharsets;

/**
 * What an event of a response's stream means to whoever passes it on, by its {@code type}. Known by the hash of that type, so
 * that no text is made of it.
 */
enum ResponseEvent {
    /** Nothing has been said yet: failover is still invisible. */
    OPENING(
            "response.created",
            "response.queued",
            "response.in_progress",
            "response.output_item.added",
            "response.content_part.added",
            "response.reasoning_summary_part.added",
            "keepalive",
            "ping"),
    /** A part of the answer, or a tool that the provider has begun to use: that must not be done twice. */
    CONTENT,
    /** The response is complete, or as much of it as there will be. */
    ENDED("response.completed", "response.incomplete", "response.cancelled"),
    FAILED("response.failed"),
    ERROR("error");

    private static final ResponseEvent[] ALL = values();

    @SuppressWarnings("ImmutableEnumChecker") // Never written after construction.
    private final long[] hashes;

    ResponseEvent(String... types) {
        hashes = new long[types.length];
        for (int i = 0; i < types.length; i++) {
            byte[] type = types[i].getBytes(StandardCharsets.US_ASCII);
            hashes[i] = TextHash.of(type, 0, type.length);
        }
    }

    /** The event of a type; what is not known here is {@link #CONTENT}. */
    static ResponseEvent of(long typeHash) {
        for (var event : ALL) {
            for (long hash : event.hashes) {
                if (hash == typeHash) {
                    return event;
                }
            }
        }
        return CONTENT;
    }
}
