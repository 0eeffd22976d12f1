package dev.fairlead.sidecar.usage;

import dev.fairlead.sidecar.config.SidecarConfig;
import java.time.Duration;

/** Turns the records of all event loops into JSON lines, on a thread of its own. */
public final class RecordWriter implements AutoCloseable {
    private final RecordRing[] rings;

    /**
     * @param sink where the lines go; closed together with the writer
     * @param loops number of event loops, each with its own ring
     * @param pod the pod's name for the records, {@code null} outside a cluster
     */
    public RecordWriter(RecordSink sink, int loops, String pod) {
        this.rings = new RecordRing[loops];
    }

    /** The ring of an event loop, counted from 0. */
    public RecordRing ring(int loop) {
        return rings[loop];
    }

    /** Makes the names and the workload of a configuration known; from any thread, when it comes into force. */
    public void apply(SidecarConfig config) {}

    /** Starts the thread. */
    public void start() {}

    /** Waits until everything settled before this call has reached the sink, or until the time is over. */
    public boolean flush(Duration atMost) {
        return true;
    }

    /** Records that never reached the sink. */
    public long dropped() {
        return 0;
    }

    /** Writes what is left, for at most a second, and ends the thread. */
    @Override
    public void close() {}
}
