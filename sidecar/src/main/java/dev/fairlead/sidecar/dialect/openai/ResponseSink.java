package dev.fairlead.sidecar.dialect.openai;

import dev.fairlead.sidecar.config.ErrorCode;
import dev.fairlead.sidecar.dialect.JsonScanner;
import dev.fairlead.sidecar.dialect.JsonShape;
import dev.fairlead.sidecar.usage.Usage;

/** A response, whole or as the events of a stream, of which the first and the last carry the response itself. */
final class ResponseSink implements AnswerSink {
    private static final int TYPE = 2;
    private static final int SEQUENCE = 3;
    private static final int RESPONSE = 4;
    private static final int RESPONSE_ID = 5;
    private static final int STATUS = 6;
    private static final int INCOMPLETE = 7;
    private static final int INCOMPLETE_REASON = 8;
    private static final int OUTPUT = 9;
    private static final int ITEM = 10;
    private static final int ITEM_ID = 11;
    private static final int ENCRYPTED = 12;
    private static final int CONVERSATION = 13;
    private static final int DELTA = 14;
    private static final int ERROR = 15;
    private static final int ERROR_MESSAGE = 16;
    private static final int ERROR_TYPE = 17;
    private static final int ERROR_CODE = 18;
    private static final int FLAT_MESSAGE = 19;
    private static final int FLAT_CODE = 20;
    private static final int USAGE = 21;
    private static final int INPUT_TOKENS = 22;
    private static final int OUTPUT_TOKENS = 23;
    private static final int TOTAL_TOKENS = 24;
    private static final int INPUT_DETAILS = 25;
    private static final int CACHED_TOKENS = 26;
    private static final int CACHE_WRITE_TOKENS = 27;
    private static final int OUTPUT_DETAILS = 28;
    private static final int REASONING_TOKENS = 29;

    private static final JsonShape SHAPE = build();

    private final UsageNumbers numbers = new UsageNumbers();
    private final References made = new References(References.MOST_MADE);
    private final Usage usage;
    private boolean typed;
    private ResponseEvent event;
    private boolean deltaEmpty;
    private boolean begun;
    private boolean ended;
    private long contentBytes;
    private long contentStart;
    private String status;
    private String incompleteReason;
    private String finishReason;
    private boolean errorObject;
    private boolean error;
    private String errorMessage;
    private String errorType;
    private String errorCode;
    private String flatMessage;
    private String flatCode;
    private long sequence = -1;

    ResponseSink(Usage usage) {
        this.usage = usage;
        beginChunk();
    }

    @Override
    public JsonShape shape() {
        return SHAPE;
    }

    private static JsonShape build() {
        var shape = new JsonShape.Builder()
                .field(JsonShape.ROOT, "type", TYPE)
                .field(JsonShape.ROOT, "sequence_number", SEQUENCE)
                .field(JsonShape.ROOT, "delta", DELTA)
                .field(JsonShape.ROOT, "item", ITEM)
                .field(JsonShape.ROOT, "message", FLAT_MESSAGE)
                .field(JsonShape.ROOT, "code", FLAT_CODE)
                .field(JsonShape.ROOT, "response", RESPONSE);
        for (int place : new int[] {JsonShape.ROOT, RESPONSE}) {
            shape.field(place, "id", RESPONSE_ID)
                    .field(place, "status", STATUS)
                    .field(place, "incomplete_details", INCOMPLETE)
                    .field(place, "output", OUTPUT)
                    .field(place, "conversation", CONVERSATION)
                    .field(place, "error", ERROR)
                    .field(place, "usage", USAGE);
        }
        return shape.field(INCOMPLETE, "reason", INCOMPLETE_REASON)
                .elements(OUTPUT, ITEM)
                .field(ITEM, "id", ITEM_ID)
                .field(ITEM, "encrypted_content", ENCRYPTED)
                .field(CONVERSATION, "id", ITEM_ID)
                .field(ERROR, "message", ERROR_MESSAGE)
                .field(ERROR, "type", ERROR_TYPE)
                .field(ERROR, "code", ERROR_CODE)
                .field(USAGE, "input_tokens", INPUT_TOKENS)
                .field(USAGE, "output_tokens", OUTPUT_TOKENS)
                .field(USAGE, "total_tokens", TOTAL_TOKENS)
                .field(USAGE, "input_tokens_details", INPUT_DETAILS)
                .field(USAGE, "output_tokens_details", OUTPUT_DETAILS)
                .field(INPUT_DETAILS, "cached_tokens", CACHED_TOKENS)
                .field(INPUT_DETAILS, "cache_write_tokens", CACHE_WRITE_TOKENS)
                .field(OUTPUT_DETAILS, "reasoning_tokens", REASONING_TOKENS)
                .capture(TYPE, STATUS, RESPONSE_ID, ITEM_ID, ENCRYPTED, INCOMPLETE_REASON)
                .capture(ERROR, ERROR_MESSAGE, ERROR_TYPE, ERROR_CODE, FLAT_MESSAGE, FLAT_CODE)
                .build();
    }

    @Override
    public void beginChunk() {
        typed = false;
        event = ResponseEvent.CONTENT;
        deltaEmpty = false;
        errorObject = false;
        flatMessage = null;
        flatCode = null;
    }

    @Override
    public void chunkComplete() {
        if (event == ResponseEvent.ERROR && !errorObject) {
            say(flatMessage, null, flatCode);
        }
        error |= errorObject || event == ResponseEvent.ERROR || event == ResponseEvent.FAILED;
        boolean over = event == ResponseEvent.ENDED || event == ResponseEvent.FAILED || !typed;
        if (over) {
            finishReason = incompleteReason != null ? incompleteReason : status;
            ended = true;
        }
        begun |= event == ResponseEvent.ENDED || (event == ResponseEvent.CONTENT && !deltaEmpty && !errorObject);
    }

    @Override
    public boolean usageOnly() {
        return false;
    }

    @Override
    public boolean begun() {
        return begun;
    }

    @Override
    public long contentBytes() {
        return contentBytes;
    }

    @Override
    public boolean finished() {
        return ended;
    }

    @Override
    public String finishReason() {
        return finishReason;
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
        return made;
    }

    @Override
    public byte[] errorEvent(ErrorCode code, String message, boolean withinEvent) {
        return OpenAiErrors.responseEvent(code, message, sequence + 1, withinEvent);
    }

    @Override
    public void open(int node, boolean object, JsonScanner at) {
        if (node == USAGE) {
            numbers.clear();
        } else if (node == OUTPUT) {
            contentStart = at.tokenStart();
        }
    }

    @Override
    public void close(int node, boolean empty, JsonScanner at) {
        switch (node) {
            case USAGE -> numbers.writeTo(usage);
            // The stream's last event repeats what its deltas have said.
            case OUTPUT -> contentBytes = Math.max(contentBytes, empty ? 0 : at.tokenEnd() - contentStart);
            case ERROR -> errorObject |= !empty;
            case DELTA -> deltaEmpty = empty;
            default -> {}
        }
    }

    @Override
    public void string(int node, JsonScanner at) {
        switch (node) {
            case TYPE -> {
                typed = true;
                event = ResponseEvent.of(at.textHash());
            }
            case STATUS -> status = at.text();
            case INCOMPLETE_REASON -> incompleteReason = at.text();
            case DELTA -> {
                deltaEmpty = at.rawLength() == 0;
                contentBytes += at.rawLength();
            }
            case RESPONSE_ID, ITEM_ID, ENCRYPTED -> made(at);
            case ERROR -> {
                errorObject |= at.rawLength() > 0;
                say(at.text(), null, null);
            }
            case ERROR_MESSAGE -> errorMessage = at.text();
            case ERROR_TYPE -> errorType = at.text();
            case ERROR_CODE -> errorCode = at.text();
            case FLAT_MESSAGE -> flatMessage = at.text();
            case FLAT_CODE -> flatCode = at.text();
            default -> {}
        }
    }

    private void made(JsonScanner at) {
        if (at.rawLength() > 0) {
            made.add(at.textHash());
        }
    }

    private void say(String message, String type, String code) {
        errorMessage = message;
        errorType = type;
        errorCode = code;
    }

    @Override
    public void number(int node, long value, JsonScanner at) {
        switch (node) {
            case SEQUENCE -> sequence = value;
            case INPUT_TOKENS -> numbers.prompt = value;
            case OUTPUT_TOKENS -> numbers.completion = value;
            case TOTAL_TOKENS -> numbers.total = value;
            case CACHED_TOKENS -> numbers.cached = value;
            case CACHE_WRITE_TOKENS -> numbers.cacheWrite = value;
            case REASONING_TOKENS -> numbers.reasoning = value;
            case ERROR_CODE -> errorCode = Long.toString(value);
            default -> {}
        }
    }
}
