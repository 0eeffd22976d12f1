package dev.fairlead.sidecar.usage;

import dev.fairlead.sidecar.config.SidecarConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the records of all event loops into JSON lines, on a daemon thread of its own that comes every
 * {@value #PAUSE_MS} ms, or earlier when a loop's ring is half full. A sink that fails costs the records of that moment, which
 * are counted, and nothing else: the writer goes on and tries again with the next ones.
 */
public final class RecordWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RecordWriter.class);

    /** The writer's usual pause, milliseconds: how late a line may be. */
    static final long PAUSE_MS = 100;
    /** Half a megabyte a loop: some 1,300 records, so that a loop may write 13,000 a second without waking the writer. */
    static final int RING_WORDS = 1 << 16;

    private static final int BATCH_BYTES = 1 << 16;
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(1);

    private final RecordSink sink;
    private final RecordRing[] rings;
    private final RecordJson json;
    private final CallFacts facts = new CallFacts();
    private final Thread thread;
    private final AtomicLong lost = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition roundEnded = lock.newCondition();

    private volatile boolean closing;
    private final AtomicLong roundsAsked = new AtomicLong();
    private long roundsEnded;
    private boolean ended;
    private int linesInBatch;
    private boolean failing;

    /**
     * @param sink where the lines go; closed together with the writer
     * @param loops number of event loops, each with its own ring
     * @param pod the pod's name for the records, {@code null} outside a cluster
     */
    public RecordWriter(RecordSink sink, int loops, String pod) {
        this(sink, loops, pod, RING_WORDS);
    }

    RecordWriter(RecordSink sink, int loops, String pod, int ringWords) {
        this.sink = sink;
        this.json = new RecordJson(pod);
        this.thread = new Thread(this::run, "fairlead-records");
        this.thread.setDaemon(true);
        this.rings = new RecordRing[loops];
        for (int i = 0; i < loops; i++) {
            rings[i] = new RecordRing(ringWords, () -> LockSupport.unpark(thread));
        }
    }

    /** The ring of an event loop, counted from 0. */
    public RecordRing ring(int loop) {
        return rings[loop];
    }

    /** Makes the names and the workload of a configuration known; from any thread, when it comes into force. */
    public void apply(SidecarConfig config) {
        RecordNames names = RecordNames.of(config);
        for (RecordRing ring : rings) {
            ring.names(names);
        }
    }

    /** Starts the thread. */
    public void start() {
        thread.start();
    }

    /**
     * Waits until everything settled before this call has been given to the sink.
     *
     * @return false when the time was over first
     */
    public boolean flush(Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            long round = roundsAsked.incrementAndGet();
            LockSupport.unpark(thread);
            while (roundsEnded < round && !ended) {
                if (left <= 0) {
                    return false;
                }
                left = roundEnded.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Records that found no room in their ring, or that the sink did not take. Any thread. */
    public long dropped() {
        long sum = lost.get();
        for (RecordRing ring : rings) {
            sum += ring.dropped();
        }
        return sum;
    }

    /** Writes what is left, for at most a second, and ends the thread. Records settled later are dropped. */
    @Override
    public void close() {
        for (RecordRing ring : rings) {
            ring.close();
        }
        closing = true;
        if (thread.getState() == Thread.State.NEW) {
            run();
            return;
        }
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_WITHIN.toMillis());
            if (thread.isAlive()) {
                // The sink hangs (a full pipe, a dead network disk): a record is not worth a process that does not end.
                thread.interrupt();
                LOG.atWarn().addKeyValue("after", CLOSE_WITHIN).log("records_abandoned");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            boolean last;
            do {
                last = closing;
                long round = roundsAsked.get();
                for (RecordRing ring : rings) {
                    ring.writerCame();
                    drain(ring);
                }
                writeBatch();
                endRound(round, false);
                if (!last && round == roundsAsked.get()) {
                    LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(PAUSE_MS));
                }
            } while (!last);
            sink.close();
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("error", e).log("record_sink_close_failed");
        } finally {
            endRound(roundsAsked.get(), true);
        }
    }

    private void drain(RecordRing ring) {
        long end = ring.end();
        RecordNames names;
        while ((names = ring.poll(facts, end)) != null) {
            try {
                json.append(facts, names.workload());
                linesInBatch++;
            } catch (IOException | RuntimeException e) {
                lost.incrementAndGet();
                LOG.atError()
                        .addKeyValue("id", CallIds.text(facts.id))
                        .addKeyValue("error", e)
                        .log("record_unwritable");
            }
            if (json.size() >= BATCH_BYTES) {
                writeBatch();
            }
        }
    }

    private void writeBatch() {
        if (linesInBatch == 0) {
            return;
        }
        try {
            sink.write(json.buffer(), json.size());
            if (failing) {
                failing = false;
                LOG.atInfo().addKeyValue("lost", lost.get()).log("record_sink_recovered");
            }
        } catch (IOException | RuntimeException e) {
            lost.addAndGet(linesInBatch);
            if (!failing) {
                failing = true;
                LOG.atWarn().addKeyValue("error", e).log("record_sink_failed");
            }
        } finally {
            json.reset();
            linesInBatch = 0;
        }
    }

    private void endRound(long round, boolean last) {
        lock.lock();
        try {
            roundsEnded = round;
            ended = last;
            roundEnded.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
