package dev.fairlead.sidecar.dialect.openai;

import dev.fairlead.sidecar.config.ErrorCode;
import dev.fairlead.sidecar.dialect.JsonScanner;
import dev.fairlead.sidecar.dialect.JsonShape;
import dev.fairlead.sidecar.usage.Usage;

/**
 * A chat completion or embeddings, whole or in chunks. Usage is read wherever it stands, so it does not matter whether choices
 * come with it.
 */
final class ChatAnswerSink extends UsageAndErrorSink {
    private static final int OTHER_USAGE = FIRST_OWN;
    private static final int X_GROQ = FIRST_OWN + 1;
    private static final int CHOICES = FIRST_OWN + 2;
    private static final int CHOICE = FIRST_OWN + 3;
    private static final int INDEX = FIRST_OWN + 4;
    private static final int FINISH_REASON = FIRST_OWN + 5;
    private static final int DELTA = FIRST_OWN + 6;
    private static final int CONTENT = FIRST_OWN + 7;

    private static final JsonShape SHAPE = build();

    private final ChoiceEnds choices = new ChoiceEnds();
    private boolean content;
    private boolean noChoices;
    private boolean usageSeen;
    private long index;
    private String finishReason;

    ChatAnswerSink(Usage usage) {
        super(usage);
    }

    @Override
    public JsonShape shape() {
        return SHAPE;
    }

    private static JsonShape build() {
        var shape = common().field(JsonShape.ROOT, "choices", CHOICES)
                .elements(CHOICES, CHOICE)
                .field(CHOICE, "index", INDEX)
                .field(CHOICE, "delta", DELTA)
                .field(CHOICE, "message", DELTA)
                .field(CHOICE, "finish_reason", FINISH_REASON)
                .field(CHOICE, "usage", OTHER_USAGE)
                .field(JsonShape.ROOT, "usage", USAGE)
                .field(JsonShape.ROOT, "x_groq", X_GROQ)
                .field(X_GROQ, "usage", OTHER_USAGE)
                .field(JsonShape.ROOT, "error", ERROR)
                // Whatever a provider calls it (content, reasoning, reasoning_content, refusal, tool_calls, audio ...):
                // a delta that says anything has begun the answer.
                .ignore(DELTA, "role")
                .ignore(DELTA, "channel")
                .otherFields(DELTA, CONTENT)
                .capture(FINISH_REASON);
        for (int place : new int[] {USAGE, OTHER_USAGE}) {
            addUsage(shape, place, "prompt", "completion");
            shape.field(place, "prompt_cache_hit_tokens", CACHE_HIT_TOKENS);
        }
        return shape.build();
    }

    @Override
    public void beginChunk() {
        noChoices = false;
        usageSeen = false;
    }

    @Override
    public void chunkComplete() {
        choices.commit();
    }

    @Override
    public boolean usageOnly() {
        return noChoices && usageSeen && !errorRead;
    }

    @Override
    public boolean begun() {
        return content || (choices.anyEnded() && !errorRead); // What ends with an error has not begun by that.
    }

    @Override
    public boolean finished() {
        return choices.allEnded();
    }

    @Override
    public String finishReason() {
        return choices.firstReason();
    }

    @Override
    public boolean errorSeen() {
        return errorRead;
    }

    @Override
    public References made() {
        return References.NONE;
    }

    @Override
    public byte[] errorEvent(ErrorCode code, String message, boolean withinEvent) {
        return OpenAiErrors.event(code, message, withinEvent);
    }

    @Override
    public void open(int node, boolean object, JsonScanner at) {
        switch (node) {
            case USAGE, OTHER_USAGE -> numbers.clear();
            case CHOICE -> {
                index = 0;
                finishReason = null;
            }
            case CONTENT -> contentStart = at.tokenStart();
            default -> {}
        }
    }

    @Override
    public void close(int node, boolean empty, JsonScanner at) {
        switch (node) {
            case USAGE -> usageSeen |= numbers.writeTo(usage);
            case OTHER_USAGE -> numbers.writeTo(usage);
            case CHOICES -> noChoices = empty;
            case CHOICE -> choices.add(index, finishReason);
            case CONTENT -> {
                content |= !empty;
                contentBytes += at.tokenEnd() - contentStart;
            }
            default -> super.close(node, empty, at);
        }
    }

    @Override
    public void string(int node, JsonScanner at) {
        switch (node) {
            case CONTENT -> {
                content |= at.rawLength() > 0;
                contentBytes += at.rawLength();
            }
            case FINISH_REASON -> finishReason = at.rawLength() == 0 ? null : at.text();
            default -> super.string(node, at);
        }
    }

    @Override
    public void number(int node, long value, JsonScanner at) {
        if (node == INDEX) {
            index = value;
        } else {
            super.number(node, value, at);
        }
    }
}
