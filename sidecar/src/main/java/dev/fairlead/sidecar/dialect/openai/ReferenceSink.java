package dev.fairlead.sidecar.dialect.openai;

import dev.fairlead.sidecar.dialect.JsonScanner;
import dev.fairlead.sidecar.dialect.JsonShape;
import dev.fairlead.sidecar.dialect.TextHash;
import java.nio.charset.StandardCharsets;

/**
 * Finds in a request for a response what only one account has: the response before it, its conversation, items given by their id
 * alone, reasoning (which is stored under its id, or encrypted for the account that made it). A message with its text, or a call
 * with its arguments, needs nobody's memory.
 */
final class ReferenceSink {
    /** Nodes from here on are this sink's; others have the lower ones. */
    static final int FIRST_NODE = 16;

    /** A long conversation ends in items that were made where its last answer was. */
    private static final int LAST_ITEMS = 8;

    private static final int PREVIOUS = FIRST_NODE;
    private static final int CONVERSATION = FIRST_NODE + 1;
    private static final int CONVERSATION_ID = FIRST_NODE + 2;
    private static final int ITEM_ID = FIRST_NODE + 3;
    private static final int ITEM_TYPE = FIRST_NODE + 4;
    private static final int ENCRYPTED = FIRST_NODE + 5;

    private static final long REFERENCE = hash("item_reference");
    private static final long REASONING = hash("reasoning");

    private final long[] items = new long[LAST_ITEMS];
    private int itemCount;
    private int seen;
    private long previous;
    private long conversation;
    private long id;
    private long encrypted;
    private long type;
    private boolean role;

    /** @param shape with the input's items in it */
    static JsonShape.Builder addTo(JsonShape.Builder shape) {
        return shape.field(JsonShape.ROOT, "previous_response_id", PREVIOUS)
                .field(JsonShape.ROOT, "conversation", CONVERSATION)
                .field(CONVERSATION, "id", CONVERSATION_ID)
                .field(PromptSink.MESSAGE, "id", ITEM_ID)
                .field(PromptSink.MESSAGE, "type", ITEM_TYPE)
                .field(PromptSink.MESSAGE, "encrypted_content", ENCRYPTED)
                .capture(PREVIOUS, CONVERSATION, CONVERSATION_ID, ITEM_ID, ITEM_TYPE, ENCRYPTED);
    }

    private static long hash(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return TextHash.of(bytes, 0, bytes.length);
    }

    void clear() {
        itemCount = 0;
        seen = 0;
        previous = 0;
        conversation = 0;
    }

    /** The name of a field that has been there before and must not be, since only one of them can be what is meant. */
    String givenTwice(int node) {
        String name = switch (node) {
            case PREVIOUS -> "previous_response_id";
            case CONVERSATION -> "conversation";
            case PromptSink.INPUT -> "input";
            default -> null;
        };
        int bit = node == PromptSink.INPUT ? 4 : 1 << (node - FIRST_NODE);
        if (name == null || (seen & bit) == 0) {
            seen |= name == null ? 0 : bit;
            return null;
        }
        return name;
    }

    void string(int node, JsonScanner at) {
        long hash = at.rawLength() == 0 ? 0 : at.textHash();
        switch (node) {
            case PREVIOUS -> previous = hash;
            case CONVERSATION, CONVERSATION_ID -> conversation = hash;
            case ITEM_ID -> id = hash;
            case ITEM_TYPE -> type = hash;
            case PromptSink.ROLE -> role = true;
            case ENCRYPTED -> encrypted = hash;
            default -> {}
        }
    }

    void open(int node) {
        if (node == PromptSink.MESSAGE) {
            id = 0;
            type = 0;
            encrypted = 0;
            role = false;
        }
    }

    void close(int node) {
        if (node == PromptSink.MESSAGE) {
            boolean byIdAlone = type == REFERENCE || type == REASONING || (type == 0 && !role);
            addItem(encrypted);
            addItem(byIdAlone || encrypted != 0 ? id : 0);
        }
    }

    private void addItem(long hash) {
        if (hash != 0) {
            items[itemCount++ % LAST_ITEMS] = hash;
        }
    }

    /** What was found, what tells most first. */
    References found() {
        if (previous == 0 && conversation == 0 && itemCount == 0) {
            return References.NONE;
        }
        var found = new References(LAST_ITEMS + 2);
        if (previous != 0) {
            found.add(previous);
        }
        if (conversation != 0) {
            found.add(conversation);
        }
        for (int i = itemCount - 1; i >= Math.max(0, itemCount - LAST_ITEMS); i--) {
            found.add(items[i % LAST_ITEMS]);
        }
        return found;
    }
}
