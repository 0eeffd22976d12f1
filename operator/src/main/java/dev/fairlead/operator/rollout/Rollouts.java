package dev.fairlead.operator.rollout;

import dev.fairlead.operator.compile.Compiler;
import dev.fairlead.operator.world.ObjectRef;
import dev.fairlead.operator.world.World;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compiles the world whenever it has changed: 25 ms after the last of several changes, and at the latest 200 ms after the first.
 * Everything happens on the scheduler's thread; what fails is logged, and the rollout before stays the latest.
 */
public final class Rollouts implements RolloutSource, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rollouts.class);
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(25);
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Supplier<World> worlds;
    private final Compiler compiler;
    private final ScheduledExecutorService scheduler;
    private final LongSupplier nanoTime;
    private final Debounce debounce;
    private final SnapshotBook snapshots = new SnapshotBook();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Rollout latest;
    private final AtomicLong failures = new AtomicLong();
    private volatile long lastNanos;

    /** With a thread of its own. */
    public Rollouts(Supplier<World> worlds, Compiler compiler) {
        this(worlds, compiler, ownThread(), System::nanoTime);
    }

    /**
     * On somebody's thread.
     *
     * @param worlds what is to be compiled; asked on the scheduler's thread, only after {@link #changed}
     * @param scheduler with one thread; {@link #close} ends it
     * @param nanoTime as {@link System#nanoTime}
     */
    public Rollouts(
            Supplier<World> worlds, Compiler compiler, ScheduledExecutorService scheduler, LongSupplier nanoTime) {
        this.worlds = worlds;
        this.compiler = compiler;
        this.scheduler = scheduler;
        this.nanoTime = nanoTime;
        this.debounce = new Debounce(QUIET_NANOS, LONGEST_NANOS, nanoTime, scheduler, this::roll);
    }

    private static ScheduledExecutorService ownThread() {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "rollout");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The world has changed. Returns at once; on any thread. */
    public void changed() {
        debounce.signal();
    }

    private void roll() {
        long start = nanoTime.getAsLong();
        try {
            latest = rollout(worlds.get());
        } catch (RuntimeException e) {
            failures.incrementAndGet();
            LOG.atError().setCause(e).log("compilation failed, the rollout before stays");
            return;
        } finally {
            lastNanos = nanoTime.getAsLong() - start;
        }
        listeners.forEach(Rollouts::call);
    }

    private static void call(Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("listener of rollouts failed");
        }
    }

    private Rollout rollout(World world) {
        var compilation = compiler.compile(world);
        return new Rollout(
                compilations() + 1,
                world,
                compilation,
                generations(world),
                snapshots.write(compilation.configs()),
                Reach.of(compilation));
    }

    private static Map<ObjectRef, Long> generations(World world) {
        var generations = new HashMap<ObjectRef, Long>();
        Stream.<List<? extends HasMetadata>>of(world.keyPools(), world.routes(), world.tenants(), world.subscriptions())
                .flatMap(List::stream)
                .forEach(object -> {
                    Long generation = object.getMetadata().getGeneration();
                    generations.put(ObjectRef.of(object), generation == null ? 0 : generation);
                });
        return generations;
    }

    @Override
    public Optional<Rollout> latest() {
        return Optional.ofNullable(latest);
    }

    @Override
    public void onRollout(Runnable listener) {
        listeners.add(listener);
    }

    /** How many compilations have become rollouts. */
    public long compilations() {
        var current = latest;
        return current == null ? 0 : current.number();
    }

    /** How many compilations have failed: each is a bug. */
    public long failures() {
        return failures.get();
    }

    /** How long the latest compilation took, with all that belongs to it, in nanoseconds; 0 before the first. */
    public long lastNanos() {
        return lastNanos;
    }

    /** No rollout comes after the one that is being made. */
    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
