package dev.fairlead.sidecar.dialect.openai;

import java.nio.charset.StandardCharsets;

/**
 * The edits that turn a client's body into the one for a target: another model name, and the question for usage. At most two
 * places change; every other byte stays what it was. Immutable, so that one request tried at several targets keeps its own
 * bytes untouched.
 */
public final class RequestSplice {
    private static final byte[] TRUE = ascii("true");
    private static final byte[] INCLUDE_USAGE = ascii("\"include_usage\":true");
    private static final byte[] INCLUDE_USAGE_FIRST = ascii("\"include_usage\":true,");
    private static final byte[] OPTIONS = ascii("{\"include_usage\":true}");
    private static final byte[] OPTIONS_FIELD = ascii(",\"stream_options\":{\"include_usage\":true}");

    private final int bodyLength;
    private final Edit model;
    private final Edit usage;

    private RequestSplice(int bodyLength, Edit model, Edit usage) {
        this.bodyLength = bodyLength;
        this.model = model;
        this.usage = usage;
    }

    /**
     * Plans the edits.
     *
     * @param quotedModel the target's model name as {@link dev.fairlead.sidecar.dialect.JsonText#quoted} makes it;
     *     {@code null} keeps the client's
     * @param askForUsage whether the provider understands {@code stream_options}; asked only of streams
     */
    public static RequestSplice of(RequestFacts facts, byte[] quotedModel, boolean askForUsage) {
        Range name = facts.modelValue();
        var model = quotedModel == null ? null : new Edit(name.start(), name.end(), quotedModel);
        var usage = askForUsage && facts.stream() ? usageEdit(facts) : null;
        return new RequestSplice((int) facts.bodyLength(), model, usage);
    }

    private static Edit usageEdit(RequestFacts facts) {
        StreamOptions options = facts.streamOptions();
        if (options.value().isEmpty()) {
            // Behind the model, of which we know that it is there.
            int at = facts.modelValue().end();
            return new Edit(at, at, OPTIONS_FIELD);
        }
        if (!options.object()) {
            return new Edit(options.value().start(), options.value().end(), OPTIONS);
        }
        Range value = options.includeUsageValue();
        return switch (options.includeUsage()) {
            case TRUE, OTHER -> null;
            case FALSE, NULL -> new Edit(value.start(), value.end(), TRUE);
            case MISSING -> {
                int inside = options.value().start() + 1;
                yield new Edit(inside, inside, options.empty() ? INCLUDE_USAGE : INCLUDE_USAGE_FIRST);
            }
        };
    }

    /** Whether the body goes out as it came in. */
    public boolean unchanged() {
        return model == null && usage == null;
    }

    /** Whether usage is asked for that the client has not asked for: it must not see the chunk that carries it. */
    public boolean asksForUsage() {
        return usage != null;
    }

    /** Bytes of the edited body. */
    public int length() {
        return bodyLength + growth(model) + growth(usage);
    }

    /** The edited body; {@code body} itself is not touched. */
    public byte[] applyTo(byte[] body, int offset) {
        byte[] out = new byte[length()];
        boolean modelFirst = usage == null || (model != null && model.start <= usage.start);
        Edit first = modelFirst ? model : usage;
        Edit second = modelFirst ? usage : model;
        int written = 0;
        int read = 0;
        for (int turn = 0; turn < 2; turn++) {
            Edit edit = turn == 0 ? first : second;
            if (edit != null) {
                System.arraycopy(body, offset + read, out, written, edit.start - read);
                written += edit.start - read;
                System.arraycopy(edit.bytes, 0, out, written, edit.bytes.length);
                written += edit.bytes.length;
                read = edit.end;
            }
        }
        System.arraycopy(body, offset + read, out, written, bodyLength - read);
        return out;
    }

    private static int growth(Edit edit) {
        return edit == null ? 0 : edit.bytes.length - (edit.end - edit.start);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Bytes instead of those from {@code start} to before {@code end}. */
    private static final class Edit {
        private final int start;
        private final int end;
        private final byte[] bytes;

        Edit(int start, int end, byte[] bytes) {
            this.start = start;
            this.end = end;
            this.bytes = bytes;
        }
    }
}
