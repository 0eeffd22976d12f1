package dev.fairlead.sidecar.http;

import dev.fairlead.sidecar.exchange.Loop;
import io.netty.channel.EventLoop;
import io.vertx.core.internal.ContextInternal;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Vert.x event loop. Messages from other loops are taken in batches: one wake-up for all that arrive in one turn. */
public final class VertxLoop implements Loop {
    private static final Logger LOG = LoggerFactory.getLogger(VertxLoop.class);

    private final ContextInternal context;
    private final EventLoop eventLoop;
    private final Queue<Runnable> inbox = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    public VertxLoop(ContextInternal context) {
        this.context = context;
        this.eventLoop = context.nettyEventLoop();
    }

    @Override
    public boolean inside() {
        return eventLoop.inEventLoop();
    }

    @Override
    public void execute(Runnable task) {
        inbox.add(task);
        if (scheduled.compareAndSet(false, true)) {
            context.runOnContext(v -> drain());
        }
    }

    private void drain() {
        scheduled.set(false);
        for (var task = inbox.poll(); task != null; task = inbox.poll()) {
            run(task);
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            // A bug in one call must not take the others of this batch with it.
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("error", e.getClass().getSimpleName())
                    .log("task failed");
        }
    }

    @Override
    public void after(long delayMs, Runnable task) {
        var unused = eventLoop.schedule(() -> context.dispatch(v -> run(task)), delayMs, TimeUnit.MILLISECONDS);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public long epochMillis() {
        return System.currentTimeMillis();
    }

    /** The Vert.x side of it. */
    public ContextInternal context() {
        return context;
    }
}
