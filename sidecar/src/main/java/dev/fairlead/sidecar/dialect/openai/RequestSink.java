package dev.fairlead.sidecar.dialect.openai;

import dev.fairlead.sidecar.dialect.JsonScanner;
import dev.fairlead.sidecar.dialect.JsonShape;
import dev.fairlead.sidecar.dialect.JsonSink;
import dev.fairlead.sidecar.dialect.openai.StreamOptions.IncludeUsage;

/** Collects the facts of one request body while it is scanned; the first thing that is wrong decides. */
final class RequestSink implements JsonSink {
    private static final int MODEL = 2;
    private static final int STREAM = 3;
    private static final int STREAM_OPTIONS = 4;
    private static final int INCLUDE_USAGE = 5;
    private static final int MAX_TOKENS = 6;
    private static final int MAX_COMPLETION_TOKENS = 7;
    private static final int N = 8;

    private static final int MAX_OUTPUT_TOKENS = 9;

    private static final String[] PATHS = {
        "",
        "",
        "model",
        "stream",
        "stream_options",
        "stream_options.include_usage",
        "max_tokens",
        "max_completion_tokens",
        "n",
        "max_output_tokens",
    };

    /** Of chat completions and embeddings. */
    static final JsonShape CHAT = PromptSink.addTo(common())
            .field(JsonShape.ROOT, "stream_options", STREAM_OPTIONS)
            .field(JsonShape.ROOT, "max_tokens", MAX_TOKENS)
            .field(JsonShape.ROOT, "max_completion_tokens", MAX_COMPLETION_TOKENS)
            .field(JsonShape.ROOT, "n", N)
            .field(STREAM_OPTIONS, "include_usage", INCLUDE_USAGE)
            .build();

    /** Of responses. */
    static final JsonShape RESPONSES = ReferenceSink.addTo(PromptSink.addToResponses(common()))
            .field(JsonShape.ROOT, "max_output_tokens", MAX_OUTPUT_TOKENS)
            .build();

    private static JsonShape.Builder common() {
        return new JsonShape.Builder()
                .field(JsonShape.ROOT, "model", MODEL)
                .field(JsonShape.ROOT, "stream", STREAM)
                .capture(MODEL);
    }

    private final PromptSink prompt = new PromptSink();
    private final ReferenceSink references = new ReferenceSink();
    private final AttachmentCount attachments = new AttachmentCount();
    private byte[] body;
    private int offset;
    private int length;
    private boolean object;
    private int seen;
    private String refusal;
    private String param;
    private String model;
    private Range modelValue;
    private boolean stream;
    private boolean optionsObject;
    private boolean optionsEmpty;
    private int optionsStart;
    private Range options;
    private IncludeUsage includeUsage;
    private Range includeUsageValue;
    private long maxTokens;
    private long maxCompletionTokens;
    private long n;

    void begin(byte[] bytes, int off, int len) {
        body = bytes;
        offset = off;
        length = len;
        object = false;
        seen = 0;
        refusal = null;
        param = null;
        model = null;
        modelValue = Range.NONE;
        stream = false;
        optionsObject = false;
        optionsEmpty = false;
        options = Range.NONE;
        includeUsage = IncludeUsage.MISSING;
        includeUsageValue = Range.NONE;
        maxTokens = RequestFacts.ABSENT;
        maxCompletionTokens = RequestFacts.ABSENT;
        n = RequestFacts.ABSENT;
        attachments.clear();
        prompt.begin(bytes, off);
        references.clear();
    }

    /** Lets the body go. */
    void release() {
        body = null;
        prompt.release();
    }

    /** Whether the body has nothing but white space in it. */
    boolean blank() {
        for (int i = offset; i < offset + length; i++) {
            byte b = body[i];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return false;
            }
        }
        return true;
    }

    /** The body was well-formed JSON: is it a request? */
    ScanOutcome outcome() {
        if (!object) {
            refuse("The request body must be a JSON object.", null);
        } else if ((seen & (1 << MODEL)) == 0) {
            refuse("The field 'model' is missing: expected the name of a model, as a string.", "model");
        }
        if (refusal != null) {
            return new ScanOutcome.Refused(refusal, param);
        }
        var streamOptions = options.isEmpty()
                ? StreamOptions.MISSING
                : new StreamOptions(options, optionsObject, optionsEmpty, includeUsage, includeUsageValue);
        return new ScanOutcome.Scanned(new RequestFacts(
                length,
                model,
                modelValue,
                stream,
                streamOptions,
                maxTokens,
                maxCompletionTokens,
                n < 1 ? 1 : n,
                attachments.count(),
                attachments.bytes(),
                prompt.session(),
                prompt.prefix(),
                references.found()));
    }

    @Override
    public void field(int node, JsonScanner at) {
        if (node >= ReferenceSink.FIRST_NODE) {
            var twice = references.givenTwice(node);
            if (twice != null) {
                refuse("The field '" + twice + "' is given twice; give it once.", twice);
            }
            return;
        }
        if ((seen & (1 << node)) != 0) {
            refuse("The field '" + PATHS[node] + "' is given twice; give it once.", PATHS[node]);
        }
        seen |= 1 << node;
    }

    @Override
    public void string(int node, JsonScanner at) {
        if (node == MODEL) {
            model(at);
        } else if (node >= ReferenceSink.FIRST_NODE) {
            references.string(node, at);
            prompt.string(node, at);
        } else {
            mistyped(node, at);
        }
    }

    @Override
    public void longString(JsonScanner at) {
        attachments.consider(body, offset + (int) at.tokenStart() + 1, (int) at.rawLength());
    }

    @Override
    public void number(int node, long value, JsonScanner at) {
        switch (node) {
            case MAX_TOKENS -> maxTokens = Math.max(value, RequestFacts.ABSENT);
            case MAX_COMPLETION_TOKENS, MAX_OUTPUT_TOKENS -> maxCompletionTokens = Math.max(value, RequestFacts.ABSENT);
            case N -> n = value;
            default -> mistyped(node, at);
        }
    }

    @Override
    public void bool(int node, boolean value, JsonScanner at) {
        if (node == STREAM) {
            stream = value;
        } else if (node == INCLUDE_USAGE) {
            includesUsage(value ? IncludeUsage.TRUE : IncludeUsage.FALSE, at);
        } else {
            mistyped(node, at);
        }
    }

    @Override
    public void nil(int node, JsonScanner at) {
        switch (node) {
            case MODEL -> mistyped(node, at);
            case STREAM_OPTIONS -> options = range(at.tokenStart(), at.tokenEnd());
            case INCLUDE_USAGE -> includesUsage(IncludeUsage.NULL, at);
            default -> {}
        }
    }

    @Override
    public void open(int node, boolean isObject, JsonScanner at) {
        if (node == JsonShape.ROOT) {
            object = isObject;
        } else if (node == STREAM_OPTIONS && isObject) {
            optionsObject = true;
            optionsStart = (int) at.tokenStart();
        } else if (node >= ReferenceSink.FIRST_NODE) {
            references.open(node);
            prompt.open(node, at);
        } else {
            mistyped(node, at);
        }
    }

    @Override
    public void close(int node, boolean empty, JsonScanner at) {
        if (node == STREAM_OPTIONS) {
            optionsEmpty = empty;
            options = range(optionsStart, at.tokenEnd());
        } else if (node >= ReferenceSink.FIRST_NODE) {
            references.close(node);
            prompt.close(node, at);
        }
    }

    private void model(JsonScanner at) {
        String text = at.text();
        if (at.rawLength() == 0) {
            refuse("The field 'model' is empty: expected the name of a model.", "model");
        } else if (text.length() > JsonRequestScanner.MAX_MODEL_LENGTH) {
            refuse("The field 'model' is longer than " + JsonRequestScanner.MAX_MODEL_LENGTH + " characters.", "model");
        } else if (!at.textExact()) {
            refuse("The field 'model' has half of a surrogate pair in it.", "model");
        }
        model = text;
        modelValue = range(at.tokenStart(), at.tokenEnd());
    }

    private void includesUsage(IncludeUsage value, JsonScanner at) {
        includeUsage = value;
        includeUsageValue = range(at.tokenStart(), at.tokenEnd());
    }

    /** Only what we must understand has to have a certain type; the rest is between the client and the provider. */
    private void mistyped(int node, JsonScanner at) {
        switch (node) {
            case MODEL -> refuse("The field 'model' must be a string.", "model");
            case STREAM -> refuse("The field 'stream' must be true or false.", "stream");
            case STREAM_OPTIONS -> refuse("The field 'stream_options' must be an object.", "stream_options");
            case INCLUDE_USAGE -> includesUsage(IncludeUsage.OTHER, at);
            default -> {}
        }
    }

    private void refuse(String message, String field) {
        if (refusal == null) {
            refusal = message;
            param = field;
        }
    }

    private static Range range(long start, long end) {
        return new Range((int) start, (int) end);
    }
}
