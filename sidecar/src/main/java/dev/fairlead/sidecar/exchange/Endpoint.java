package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.dialect.openai.AnswerFormat;
import dev.fairlead.sidecar.dialect.openai.RequestFacts;
import dev.fairlead.sidecar.dialect.openai.TokenEstimate;

/** What can be called, named as in {@code AIRoute.spec.endpoints}. */
public enum Endpoint {
    CHAT_COMPLETIONS("ChatCompletions", AnswerFormat.CHAT),
    RESPONSES("Responses", AnswerFormat.RESPONSES),
    EMBEDDINGS("Embeddings", AnswerFormat.CHAT),
    MODELS("Models", AnswerFormat.CHAT);

    private final String wireName;
    private final AnswerFormat format;

    Endpoint(String wireName, AnswerFormat format) {
        this.wireName = wireName;
        this.format = format;
    }

    /** How its answers are written. */
    AnswerFormat format() {
        return format;
    }

    /** The most output that a call asks for, {@code unsaid} where it does not say; an embedding has none. */
    long outputTokens(RequestFacts request, long unsaid) {
        return this == EMBEDDINGS ? 0 : TokenEstimate.maxOutputTokens(request, unsaid);
    }

    /** Whether a stream reports its usage only to those who ask for it by {@code stream_options}. */
    boolean asksForUsage() {
        return this == CHAT_COMPLETIONS;
    }

    /** The name in a route's {@code endpoints} and in records. */
    public String wireName() {
        return wireName;
    }
}
