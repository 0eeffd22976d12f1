package dev.fairlead.operator.reconcile;

import dev.fairlead.operator.leader.Leadership;
import dev.fairlead.operator.rollout.RolloutSource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has statuses looked at when something else than their object has changed: after a rollout and an acknowledgement those that
 * would be others, after the first rollout and with the lease all of them. A follower that becomes leader would not be called
 * for hours otherwise. What comes while one look is under way is one more look.
 */
final class Triggers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Triggers.class);

    private static final int MEND_SECONDS = 60;

    private final List<Nudges<?>> sources = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(Triggers::daemon);
    private final AtomicBoolean waiting = new AtomicBoolean();
    private final AtomicBoolean all = new AtomicBoolean(true);
    private final RolloutSource rollouts;
    private final Acks acks;
    private final Standings standings;
    private final Leadership leadership;

    Triggers(RolloutSource rollouts, Acks acks, Standings standings, Leadership leadership) {
        this.rollouts = rollouts;
        this.acks = acks;
        this.standings = standings;
        this.leadership = leadership;
    }

    /** @param due whether an object's status would be another; asked on the worker's thread */
    <R extends HasMetadata> Nudges<R> source(IndexerResourceCache<R> objects, Predicate<R> due) {
        var source = new Nudges<R>(objects, due);
        sources.add(source);
        return source;
    }

    /** From now on; and once for what has been before. */
    void start() {
        rollouts.onRollout(this::look);
        acks.onChange(this::look);
        standings.onChange(this::look);
        leadership.onGained(() -> {
            all.set(true);
            look();
        });
        look();
        // What somebody else wrote into a status is no event to us.
        var unused = worker.scheduleWithFixedDelay(this::run, MEND_SECONDS, MEND_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }

    private void look() {
        if (waiting.compareAndSet(false, true)) {
            try {
                worker.execute(this::run);
            } catch (RejectedExecutionException e) {
                LOG.atDebug().log("statuses are not looked at any more, as everything ends");
            }
        }
    }

    private void run() {
        waiting.set(false);
        if (rollouts.latest().isEmpty()) {
            return;
        }
        boolean every = all.getAndSet(false);
        for (var source : sources) {
            try {
                source.fire(every);
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).addKeyValue("source", source.name()).log("looking at statuses failed");
            }
        }
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "fairlead-triggers");
        thread.setDaemon(true);
        return thread;
    }
}
