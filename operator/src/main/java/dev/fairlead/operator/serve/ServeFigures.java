package dev.fairlead.operator.serve;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What the server has done since it started, for metrics. Safe on every thread. */
public final class ServeFigures {
    private final ConcurrentHashMap<String, LongAdder> refused = new ConcurrentHashMap<>();
    private final LongAdder acks = new LongAdder();
    private final LongAdder nacks = new LongAdder();
    private final LongAdder staleAcks = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder snapshots = new LongAdder();
    private final LongAdder stalled = new LongAdder();
    private volatile int openStreams;

    /** Streams that are open now. */
    public int openStreams() {
        return openStreams;
    }

    /** Requests that were refused, by {@link Refusal#code}. */
    public Map<String, Long> refused() {
        var counts = new TreeMap<String, Long>();
        refused.forEach((code, count) -> counts.put(code, count.sum()));
        return counts;
    }

    /** Configurations that sidecars have applied. */
    public long acks() {
        return acks.sum();
    }

    /** Configurations that sidecars could not use. */
    public long nacks() {
        return nacks.sum();
    }

    /** Acknowledgements that were ignored: of a stream that is not open, or of a hash that was not sent on it. */
    public long staleAcks() {
        return staleAcks.sum();
    }

    /** Bytes of frames that were given to connections. */
    public long bytesSent() {
        return bytes.sum();
    }

    /** Configurations that were given to connections as a whole. */
    public long snapshotsSent() {
        return snapshots.sum();
    }

    /** Streams that were cut because their client took nothing for too long. */
    public long stalledStreams() {
        return stalled.sum();
    }

    void open(int streams) {
        openStreams = streams;
    }

    void refusal(String code) {
        refused.computeIfAbsent(code, unseen -> new LongAdder()).increment();
    }

    void ack() {
        acks.increment();
    }

    void nack() {
        nacks.increment();
    }

    void staleAck() {
        staleAcks.increment();
    }

    void bytes(long count) {
        bytes.add(count);
    }

    void snapshot() {
        snapshots.increment();
    }

    void stall() {
        stalled.increment();
    }
}
