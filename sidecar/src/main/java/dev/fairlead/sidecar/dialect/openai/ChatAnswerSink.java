package dev.fairlead.sidecar.dialect.openai;

import dev.fairlead.sidecar.config.ErrorCode;
import dev.fairlead.sidecar.dialect.JsonScanner;
import dev.fairlead.sidecar.dialect.JsonShape;
import dev.fairlead.sidecar.usage.Usage;

/**
 * A chat completion or embeddings, whole or in chunks. Usage is read wherever it stands, so it does not matter whether choices
 * come with it.
 */
final class ChatAnswerSink implements AnswerSink {
    private static final int USAGE = 2;
    private static final int OTHER_USAGE = 3;
    private static final int PROMPT_TOKENS = 4;
    private static final int COMPLETION_TOKENS = 5;
    private static final int TOTAL_TOKENS = 6;
    private static final int CACHE_HIT_TOKENS = 7;
    private static final int PROMPT_DETAILS = 8;
    private static final int CACHED_TOKENS = 9;
    private static final int CACHE_WRITE_TOKENS = 10;
    private static final int INPUT_AUDIO_TOKENS = 11;
    private static final int COMPLETION_DETAILS = 12;
    private static final int REASONING_TOKENS = 13;
    private static final int OUTPUT_AUDIO_TOKENS = 14;
    private static final int X_GROQ = 15;
    private static final int CHOICES = 16;
    private static final int CHOICE = 17;
    private static final int INDEX = 18;
    private static final int FINISH_REASON = 19;
    private static final int DELTA = 20;
    private static final int CONTENT = 21;
    private static final int ERROR = 22;
    private static final int ERROR_MESSAGE = 23;
    private static final int ERROR_TYPE = 24;
    private static final int ERROR_CODE = 25;

    private static final JsonShape SHAPE = build();

    private final UsageNumbers numbers = new UsageNumbers();
    private final ChoiceEnds choices = new ChoiceEnds();
    private final Usage usage;
    private boolean content;
    private long contentBytes;
    private long contentStart;
    private boolean error;
    private String errorMessage;
    private String errorType;
    private String errorCode;
    private boolean noChoices;
    private boolean usageSeen;
    private long index;
    private String finishReason;

    ChatAnswerSink(Usage usage) {
        this.usage = usage;
    }

    @Override
    public JsonShape shape() {
        return SHAPE;
    }

    private static JsonShape build() {
        var shape = new JsonShape.Builder()
                .field(JsonShape.ROOT, "choices", CHOICES)
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
                .field(ERROR, "message", ERROR_MESSAGE)
                .field(ERROR, "type", ERROR_TYPE)
                .field(ERROR, "code", ERROR_CODE)
                // Whatever a provider calls it (content, reasoning, reasoning_content, refusal, tool_calls, audio ...):
                // a delta that says anything has begun the answer.
                .ignore(DELTA, "role")
                .ignore(DELTA, "channel")
                .otherFields(DELTA, CONTENT)
                .capture(FINISH_REASON, ERROR, ERROR_MESSAGE, ERROR_TYPE, ERROR_CODE);
        for (int place : new int[] {USAGE, OTHER_USAGE}) {
            shape.field(place, "prompt_tokens", PROMPT_TOKENS)
                    .field(place, "completion_tokens", COMPLETION_TOKENS)
                    .field(place, "total_tokens", TOTAL_TOKENS)
                    .field(place, "prompt_cache_hit_tokens", CACHE_HIT_TOKENS)
                    .field(place, "prompt_tokens_details", PROMPT_DETAILS)
                    .field(place, "completion_tokens_details", COMPLETION_DETAILS);
        }
        return shape.field(PROMPT_DETAILS, "cached_tokens", CACHED_TOKENS)
                .field(PROMPT_DETAILS, "cache_write_tokens", CACHE_WRITE_TOKENS)
                .field(PROMPT_DETAILS, "audio_tokens", INPUT_AUDIO_TOKENS)
                .field(COMPLETION_DETAILS, "reasoning_tokens", REASONING_TOKENS)
                .field(COMPLETION_DETAILS, "audio_tokens", OUTPUT_AUDIO_TOKENS)
                .build();
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
        return noChoices && usageSeen && !error;
    }

    @Override
    public boolean begun() {
        return content || choices.anyEnded();
    }

    @Override
    public long contentBytes() {
        return contentBytes;
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
        return error;
    }

    @Override
    public ProviderError error() {
        return error ? new ProviderError(errorMessage, errorType, errorCode) : null;
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
            case ERROR -> error |= !empty;
            default -> {}
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
            case ERROR -> {
                error |= at.rawLength() > 0;
                errorMessage = at.text();
            }
            case ERROR_MESSAGE -> errorMessage = at.text();
            case ERROR_TYPE -> errorType = at.text();
            case ERROR_CODE -> errorCode = at.text();
            default -> {}
        }
    }

    @Override
    public void number(int node, long value, JsonScanner at) {
        switch (node) {
            case INDEX -> index = value;
            case PROMPT_TOKENS -> numbers.prompt = value;
            case COMPLETION_TOKENS -> numbers.completion = value;
            case TOTAL_TOKENS -> numbers.total = value;
            case CACHE_HIT_TOKENS -> numbers.cacheHit = value;
            case CACHED_TOKENS -> numbers.cached = value;
            case CACHE_WRITE_TOKENS -> numbers.cacheWrite = value;
            case INPUT_AUDIO_TOKENS -> numbers.inputAudio = value;
            case REASONING_TOKENS -> numbers.reasoning = value;
            case OUTPUT_AUDIO_TOKENS -> numbers.outputAudio = value;
            case ERROR_CODE -> errorCode = Long.toString(value);
            default -> {}
        }
    }
}
