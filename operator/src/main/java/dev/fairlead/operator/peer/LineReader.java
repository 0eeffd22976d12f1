package dev.fairlead.operator.peer;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/** Puts lines together that come in pieces. */
final class LineReader {
    private static final int LONGEST = 32 << 20;

    private final Consumer<byte[]> lines;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    LineReader(Consumer<byte[]> lines) {
        this.lines = lines;
    }

    /** False when a line is longer than any that makes sense. */
    boolean read(Buffer piece) {
        var bytes = piece.getBytes();
        int from = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                begun.write(bytes, from, i - from);
                from = i + 1;
                var line = begun.toByteArray();
                begun.reset();
                lines.accept(line);
            }
        }
        begun.write(bytes, from, bytes.length - from);
        return begun.size() <= LONGEST;
    }
}
