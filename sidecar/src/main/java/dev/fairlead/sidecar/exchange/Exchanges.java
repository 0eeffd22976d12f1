package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.dialect.openai.JsonRequestScanner;
import dev.fairlead.sidecar.usage.CallIds;
import dev.fairlead.sidecar.usage.Recorder;
import java.util.function.Supplier;

/** The exchanges of one event loop and what they share. Used on that loop only. */
public final class Exchanges {
    final Loop loop;
    final int loopIndex;
    final Recorder recorder;
    final CallIds ids;
    final ByteBudget budget;
    final Deadlines deadlines;
    final Patience patience;
    final JsonRequestScanner requestScanner = new JsonRequestScanner();
    private final Supplier<LiveConfig> config;
    private final RetryShares retryShares = new RetryShares();
    private int running;
    private volatile long leaked;
    private Runnable whenIdle = () -> {};

    /**
     * @param loopIndex this loop's position among all loops
     * @param config the configuration in force, {@code null} before the first
     */
    public Exchanges(
            Loop loop,
            int loopIndex,
            Supplier<LiveConfig> config,
            Recorder recorder,
            CallIds ids,
            ByteBudget budget,
            Patience patience) {
        this.loop = loop;
        this.loopIndex = loopIndex;
        this.config = config;
        this.recorder = recorder;
        this.ids = ids;
        this.budget = budget;
        this.patience = patience;
        this.deadlines = new Deadlines(loop);
    }

    /**
     * Begins an exchange: the head of a request has arrived.
     *
     * @param endpoint what is called, {@code null} when the path is none of ours: such an exchange can only be refused
     */
    public Exchange open(Endpoint endpoint, ClientHead head, ClientChannel client) {
        running++;
        return new Exchange(this, endpoint, head, client);
    }

    LiveConfig config() {
        return config.get();
    }

    /** What a route has left for repetitions. */
    RetryShare retryShare(String route) {
        return retryShares.of(route, config());
    }

    void finished() {
        if (--running == 0) {
            whenIdle.run();
        }
    }

    /** A call ended while it still held a lease: a bug, mended by whoever noticed, and counted. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // Written by this loop only, read by scrapes.
    void leaked() {
        leaked++;
    }

    /** Leases that a call forgot; any thread. */
    public long leaks() {
        return leaked;
    }

    /** How many exchanges have begun and not ended. */
    public int running() {
        return running;
    }

    /** Calls back, now or later, when none is running. */
    public void whenIdle(Runnable idle) {
        whenIdle = idle;
        if (running == 0) {
            idle.run();
        }
    }
}
