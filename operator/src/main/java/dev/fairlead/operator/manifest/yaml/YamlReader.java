package dev.fairlead.operator.manifest.yaml;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the bytes of a YAML or JSON file. Never throws for what is in them: every fault is a {@link YamlProblem}, and a fault in
 * one document leaves the others of the file readable. Safe for every thread.
 */
public final class YamlReader {
    /** The largest file that is read, in bytes: twice what an API server takes for one object. */
    public static final int MAX_BYTES = 3 * 1024 * 1024;

    private final KubernetesScalars scalars = new KubernetesScalars();
    private final SyntaxMessages messages = new SyntaxMessages();
    private final DocumentSplitter splitter = new DocumentSplitter();

    /** Reads a whole file; {@code bytes} may begin with a byte order mark. */
    public YamlContent read(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            return problem(Position.START, "larger than " + MAX_BYTES + " bytes, which is the most that is read");
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        var result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            return problem(positionAt(text, text.length()), notUtf8(bytes, in.position()));
        }
        return read(text);
    }

    /** Reads a text that has been decoded already. */
    public YamlContent read(String text) {
        List<YamlDocument> documents = new ArrayList<>();
        List<YamlProblem> problems = new ArrayList<>();
        for (var part : splitter.split(text.startsWith("\uFEFF") ? text.substring(1) : text)) {
            part.problem().ifPresent(problems::add);
            try {
                new Composer(new EventSource(part, messages), scalars).only().ifPresent(documents::add);
            } catch (Unreadable e) {
                problems.add(e.problem());
            }
        }
        return new YamlContent(documents, problems);
    }

    private static YamlContent problem(Position position, String message) {
        return new YamlContent(List.of(), List.of(new YamlProblem(position, message)));
    }

    private static String notUtf8(byte[] bytes, int offset) {
        boolean utf16 = bytes.length >= 2
                && ((bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE)
                        || (bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF));
        return "not valid UTF-8 at byte " + offset
                + (utf16 ? ": it looks like UTF-16, save the file as UTF-8" : ": save the file as UTF-8");
    }

    /** The position of the character at {@code end}, counted in code points. */
    static Position positionAt(String text, int end) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < end; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new Position(line, text.codePointCount(lineStart, end) + 1);
    }
}
