package dev.fairlead.sidecar.dialect.openai;

import dev.fairlead.sidecar.dialect.JsonScanner;
import dev.fairlead.sidecar.dialect.JsonShape;

/**
 * Finds in a request what tells which conversation it belongs to: the client's own names for it, and how its prompt begins, which
 * stays the same from turn to turn. Texts are taken as they stand, escapes unresolved: a client writes them alike each time.
 */
final class PromptSink {
    /** Nodes from here on are this sink's. */
    static final int FIRST_NODE = 32;

    private static final int CACHE_KEY = FIRST_NODE;
    private static final int USER = FIRST_NODE + 1;
    private static final int MESSAGES = FIRST_NODE + 2;
    private static final int CONTENT = FIRST_NODE + 3;
    private static final int INSTRUCTIONS = FIRST_NODE + 4;
    /** A message, or an item of a response's input. */
    static final int MESSAGE = FIRST_NODE + 5;
    /** Who speaks in it. */
    static final int ROLE = FIRST_NODE + 6;
    /** The input of a response: a text that asks, or items. */
    static final int INPUT = FIRST_NODE + 7;

    private static final int UNSAID = 0;
    private static final int INSTRUCTING = 1;
    private static final int ASKING = 2;
    private static final int OTHER = 3;

    private byte[] body;
    private int offset;
    private long cacheKey;
    private long user;
    private boolean instructed;
    private boolean asked;
    private long prefix;
    private int role;
    private int contentStart;
    private int contentEnd;

    /** The places of a chat completion. */
    static JsonShape.Builder addTo(JsonShape.Builder shape) {
        return common(shape).field(JsonShape.ROOT, "messages", MESSAGES).elements(MESSAGES, MESSAGE);
    }

    /** The places of a response. */
    static JsonShape.Builder addToResponses(JsonShape.Builder shape) {
        return common(shape)
                .field(JsonShape.ROOT, "instructions", INSTRUCTIONS)
                .field(JsonShape.ROOT, "input", INPUT)
                .elements(INPUT, MESSAGE);
    }

    private static JsonShape.Builder common(JsonShape.Builder shape) {
        return shape.field(JsonShape.ROOT, "prompt_cache_key", CACHE_KEY)
                .field(JsonShape.ROOT, "user", USER)
                .field(MESSAGE, "role", ROLE)
                .field(MESSAGE, "content", CONTENT);
    }

    void begin(byte[] bytes, int off) {
        body = bytes;
        offset = off;
        cacheKey = 0;
        user = 0;
        instructed = false;
        asked = false;
        prefix = 0;
    }

    void release() {
        body = null;
    }

    void string(int node, JsonScanner at) {
        switch (node) {
            case CACHE_KEY -> cacheKey = named(at);
            case USER -> user = named(at);
            case ROLE -> role = roleOf(at);
            case CONTENT -> {
                contentStart = (int) at.tokenStart();
                contentEnd = (int) at.tokenEnd();
            }
            case INSTRUCTIONS -> said(INSTRUCTING, at);
            case INPUT -> said(ASKING, at);
            default -> {}
        }
    }

    void open(int node, JsonScanner at) {
        if (node == MESSAGE) {
            role = UNSAID;
            contentStart = 0;
            contentEnd = 0;
        } else if (node == CONTENT) {
            contentStart = (int) at.tokenStart();
        }
    }

    void close(int node, JsonScanner at) {
        if (node == CONTENT) {
            contentEnd = (int) at.tokenEnd();
        } else if (node == MESSAGE && !asked) {
            messageEnds();
        }
    }

    /** A text that is a message by itself. */
    private void said(int by, JsonScanner at) {
        role = by;
        contentStart = (int) at.tokenStart();
        contentEnd = (int) at.tokenEnd();
        messageEnds();
    }

    /** The first instruction and the first question make the beginning; a question alone does, too. */
    private void messageEnds() {
        if (role == INSTRUCTING && !instructed) {
            instructed = true;
            addContent();
        } else if (role == ASKING) {
            asked = true;
            addContent();
        }
    }

    private void addContent() {
        prefix = PromptHash.of(prefix, body, offset + contentStart, contentEnd - contentStart);
    }

    private long named(JsonScanner at) {
        int length = (int) at.rawLength();
        return length == 0 ? 0 : PromptHash.of(0, body, offset + (int) at.tokenStart() + 1, length);
    }

    private int roleOf(JsonScanner at) {
        if (is("user", at)) {
            return ASKING;
        }
        return is("system", at) || is("developer", at) ? INSTRUCTING : OTHER;
    }

    private boolean is(String name, JsonScanner at) {
        if (at.rawLength() != name.length()) {
            return false;
        }
        int start = offset + (int) at.tokenStart() + 1;
        for (int i = 0; i < name.length(); i++) {
            if (body[start + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The client's own name for the conversation: {@code prompt_cache_key}, otherwise {@code user}; 0 for none. */
    long session() {
        return cacheKey != 0 ? cacheKey : user;
    }

    /** How the prompt begins; 0 when it has no message of a kind that is known. */
    long prefix() {
        return prefix;
    }
}
