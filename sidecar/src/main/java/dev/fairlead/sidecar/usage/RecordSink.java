package dev.fairlead.sidecar.usage;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** Where record lines go. Called by the writer's thread only. */
public interface RecordSink extends Closeable {
    /**
     * Writes whole lines, each ended by a newline. After an exception nothing is known to be written; the next call may
     * succeed again.
     */
    void write(byte[] lines, int length) throws IOException;

    /**
     * Appends to a file, which is created if it is missing and opened again after it was moved away or deleted (log rotation).
     *
     * @throws IOException when the file cannot be opened now: a wrong path is told at the start
     */
    static RecordSink file(Path path) throws IOException {
        return new RecordFile(path);
    }

    /** Writes to a stream that somebody else owns, for example {@code System.out}; it is flushed, never closed. */
    static RecordSink stream(OutputStream out) {
        return new RecordStream(out);
    }
}
