package dev.fairlead.sidecar.dialect.openai;

import dev.fairlead.sidecar.dialect.JsonScanner;
import dev.fairlead.sidecar.dialect.JsonShape;
import dev.fairlead.sidecar.usage.Usage;

/**
 * What answers of every format say alike: what they have used, what went wrong, and how much content there was. A format puts the
 * places into its shape, adds its own from {@link #FIRST_OWN} on, and hands on what it does not know itself.
 */
abstract class UsageAndErrorSink implements AnswerSink {
    static final int USAGE = 2;
    static final int ERROR = 3;
    static final int CACHE_HIT_TOKENS = 4;
    private static final int INPUT_TOKENS = 5;
    private static final int OUTPUT_TOKENS = 6;
    private static final int TOTAL_TOKENS = 7;
    private static final int INPUT_DETAILS = 8;
    private static final int CACHED_TOKENS = 9;
    private static final int CACHE_WRITE_TOKENS = 10;
    private static final int INPUT_AUDIO_TOKENS = 11;
    private static final int OUTPUT_DETAILS = 12;
    private static final int REASONING_TOKENS = 13;
    private static final int OUTPUT_AUDIO_TOKENS = 14;
    private static final int ERROR_MESSAGE = 15;
    private static final int ERROR_TYPE = 16;
    private static final int ERROR_CODE = 17;

    /** The first number that a format gives to a place of its own. */
    static final int FIRST_OWN = 18;

    final UsageNumbers numbers = new UsageNumbers();
    final Usage usage;
    /** Whether an error that says something has been read since the format last cleared this. */
    boolean errorRead;

    long contentBytes;
    long contentStart;
    private String errorMessage;
    private String errorType;
    private String errorCode;

    UsageAndErrorSink(Usage usage) {
        this.usage = usage;
    }

    /** A shape that knows what is below {@link #ERROR} and the details of usage. */
    static JsonShape.Builder common() {
        return new JsonShape.Builder()
                .field(ERROR, "message", ERROR_MESSAGE)
                .field(ERROR, "type", ERROR_TYPE)
                .field(ERROR, "code", ERROR_CODE)
                .capture(ERROR, ERROR_MESSAGE, ERROR_TYPE, ERROR_CODE)
                .field(INPUT_DETAILS, "cached_tokens", CACHED_TOKENS)
                .field(INPUT_DETAILS, "cache_write_tokens", CACHE_WRITE_TOKENS)
                .field(INPUT_DETAILS, "audio_tokens", INPUT_AUDIO_TOKENS)
                .field(OUTPUT_DETAILS, "reasoning_tokens", REASONING_TOKENS)
                .field(OUTPUT_DETAILS, "audio_tokens", OUTPUT_AUDIO_TOKENS);
    }

    /** Adds a usage object in the format's words for input and output. */
    static void addUsage(JsonShape.Builder shape, int place, String input, String output) {
        shape.field(place, input + "_tokens", INPUT_TOKENS)
                .field(place, output + "_tokens", OUTPUT_TOKENS)
                .field(place, "total_tokens", TOTAL_TOKENS)
                .field(place, input + "_tokens_details", INPUT_DETAILS)
                .field(place, output + "_tokens_details", OUTPUT_DETAILS);
    }

    @Override
    public final long contentBytes() {
        return contentBytes;
    }

    @Override
    public final ProviderError error() {
        return errorSeen() ? new ProviderError(errorMessage, errorType, errorCode) : null;
    }

    /** The error's words, where they do not stand below {@link #ERROR}. */
    final void say(String message, String code) {
        errorMessage = message;
        errorType = null;
        errorCode = code;
    }

    @Override
    public void close(int node, boolean empty, JsonScanner at) {
        if (node == ERROR) {
            errorRead |= !empty;
        }
    }

    @Override
    public void string(int node, JsonScanner at) {
        switch (node) {
            case ERROR -> {
                errorRead |= at.rawLength() > 0;
                say(at.text(), null);
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
            case INPUT_TOKENS -> numbers.prompt = value;
            case OUTPUT_TOKENS -> numbers.completion = value;
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
