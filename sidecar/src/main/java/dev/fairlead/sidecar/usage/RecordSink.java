package dev.fairlead.sidecar.usage;

import java.io.Closeable;
import java.io.IOException;

/** Where record lines go. Called by the writer's thread only. */
public interface RecordSink extends Closeable {
    /** Writes whole lines, each ended by a newline. */
    void write(byte[] lines, int length) throws IOException;
}
