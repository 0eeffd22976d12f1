package dev.fairlead.sidecar.dialect.openai;

import dev.fairlead.sidecar.config.ErrorCode;
import dev.fairlead.sidecar.dialect.JsonScanner;
import dev.fairlead.sidecar.dialect.JsonShape;
import dev.fairlead.sidecar.usage.Usage;

/** A response, whole or as the events of a stream, of which the first and the last carry the response itself. */
final class ResponseSink extends UsageAndErrorSink {
    private static final int TYPE = FIRST_OWN;
    private static final int SEQUENCE = FIRST_OWN + 1;
    private static final int RESPONSE = FIRST_OWN + 2;
    private static final int RESPONSE_ID = FIRST_OWN + 3;
    private static final int STATUS = FIRST_OWN + 4;
    private static final int INCOMPLETE = FIRST_OWN + 5;
    private static final int INCOMPLETE_REASON = FIRST_OWN + 6;
    private static final int OUTPUT = FIRST_OWN + 7;
    private static final int ITEM = FIRST_OWN + 8;
    private static final int ITEM_ID = FIRST_OWN + 9;
    private static final int ENCRYPTED = FIRST_OWN + 10;
    private static final int CONVERSATION = FIRST_OWN + 11;
    private static final int DELTA = FIRST_OWN + 12;
    private static final int FLAT_MESSAGE = FIRST_OWN + 13;
    private static final int FLAT_CODE = FIRST_OWN + 14;

    private static final JsonShape SHAPE = build();

    private final References made = new References(References.MOST_MADE);
    private boolean typed;
    private ResponseEvent event;
    private boolean deltaEmpty;
    private boolean begun;
    private boolean ended;
    private String status;
    private String incompleteReason;
    private String finishReason;
    private boolean error;
    private String flatMessage;
    private String flatCode;
    private long sequence = -1;

    ResponseSink(Usage usage) {
        super(usage);
        beginChunk();
    }

    @Override
    public JsonShape shape() {
        return SHAPE;
    }

    private static JsonShape build() {
        var shape = common().field(JsonShape.ROOT, "type", TYPE)
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
        addUsage(shape, USAGE, "input", "output");
        return shape.field(INCOMPLETE, "reason", INCOMPLETE_REASON)
                .elements(OUTPUT, ITEM)
                .field(ITEM, "id", ITEM_ID)
                .field(ITEM, "encrypted_content", ENCRYPTED)
                .field(CONVERSATION, "id", ITEM_ID)
                .capture(TYPE, STATUS, RESPONSE_ID, ITEM_ID, ENCRYPTED, INCOMPLETE_REASON)
                .capture(FLAT_MESSAGE, FLAT_CODE)
                .build();
    }

    @Override
    public void beginChunk() {
        typed = false;
        event = ResponseEvent.CONTENT;
        deltaEmpty = false;
        errorRead = false;
        flatMessage = null;
        flatCode = null;
    }

    @Override
    public void chunkComplete() {
        if (event == ResponseEvent.ERROR && !errorRead) {
            say(flatMessage, flatCode);
        }
        error |= errorRead || event == ResponseEvent.ERROR || event == ResponseEvent.FAILED;
        boolean over = event == ResponseEvent.ENDED || event == ResponseEvent.FAILED || !typed;
        if (over) {
            finishReason = incompleteReason != null ? incompleteReason : status;
            ended = true;
        }
        begun |= event == ResponseEvent.ENDED || (event == ResponseEvent.CONTENT && !deltaEmpty && !errorRead);
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
            case DELTA -> deltaEmpty = empty;
            default -> super.close(node, empty, at);
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
            case FLAT_MESSAGE -> flatMessage = at.text();
            case FLAT_CODE -> flatCode = at.text();
            default -> super.string(node, at);
        }
    }

    private void made(JsonScanner at) {
        if (at.rawLength() > 0) {
            made.add(at.textHash());
        }
    }

    @Override
    public void number(int node, long value, JsonScanner at) {
        if (node == SEQUENCE) {
            sequence = value;
        } else {
            super.number(node, value, at);
        }
    }
}
