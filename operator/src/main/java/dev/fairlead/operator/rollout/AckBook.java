package dev.fairlead.operator.rollout;

import dev.fairlead.operator.world.ObjectRef;
import dev.fairlead.operator.world.Workload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which sidecar has which configuration: those that are connected here, as {@link AckListener}, and those of other replicas by
 * their reports. Safe on every thread; nothing here blocks for longer than it takes to count.
 */
public final class AckBook implements AckListener {
    private static final Logger LOG = LoggerFactory.getLogger(AckBook.class);
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** Who is silent for so long after a new configuration is as good as not connected. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** A count holds while nothing is said, but pods come and go unsaid. */
    private static final long COUNT_HOLDS_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final RolloutSource rollouts;
    private final ScheduledExecutorService scheduler;
    private final LongSupplier nanoTime;
    private final Debounce debounce;
    private final Tallies tallies;
    private final SidecarBook sidecars = new SidecarBook();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private Rollout current;
    private Map<Workload, Tallies.Due> due = Map.of();
    private Map<Workload, AckSummary> counted;
    private long countedAt;

    /**
     * Listens to {@code rollouts} from now on.
     *
     * @param workloadOf whose sidecar a pod's is, by the pod's uid; answers from memory
     * @param scheduler runs listeners; stays the caller's
     * @param nanoTime as {@link System#nanoTime}
     */
    public AckBook(
            Function<String, Optional<Workload>> workloadOf,
            RolloutSource rollouts,
            ScheduledExecutorService scheduler,
            LongSupplier nanoTime) {
        this.rollouts = rollouts;
        this.scheduler = scheduler;
        this.nanoTime = nanoTime;
        this.debounce = new Debounce(QUIET_NANOS, LONGEST_NANOS, nanoTime, scheduler, this::tell);
        this.tallies = new Tallies(workloadOf, PATIENCE_NANOS);
        rollouts.onRollout(this::rolledOut);
    }

    private void rolledOut() {
        catchUp();
        try {
            var unused = scheduler.schedule(this::changed, PATIENCE_NANOS + QUIET_NANOS, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.atDebug().log("acknowledgements are not told any more, as everything ends");
        }
        changed();
    }

    /** Notes what is wanted by the latest rollout. */
    private synchronized void catchUp() {
        var latest = rollouts.latest().orElse(null);
        if (latest == null || (current != null && latest.number() == current.number())) {
            return;
        }
        long now = nanoTime.getAsLong();
        var next = new HashMap<Workload, Tallies.Due>();
        latest.snapshots().forEach((workload, snapshot) -> {
            var before = due.get(workload);
            boolean same = before != null && before.hash().equals(snapshot.hash());
            next.put(workload, same ? before : new Tallies.Due(snapshot.hash(), now));
        });
        current = latest;
        due = next;
        counted = null;
    }

    private void changed() {
        synchronized (this) {
            counted = null;
        }
        debounce.signal();
    }

    private void tell() {
        for (var listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("listener of acknowledgements failed");
            }
        }
    }

    /**
     * How far the latest rollout of this object has come. Of that one or a later one than {@link RolloutSource#latest} gave
     * before, never of an earlier one: so take the rollout first, then the summary.
     */
    public AckSummary summaryOf(ObjectRef object) {
        catchUp();
        Set<Workload> reach;
        Map<Workload, AckSummary> counts;
        synchronized (this) {
            reach = current == null ? Set.of() : current.reach().getOrDefault(object, Set.of());
            counts = counted();
        }
        return reach.stream()
                .sorted()
                .map(workload -> counts.getOrDefault(workload, AckSummary.NONE))
                .reduce(AckSummary.NONE, AckSummary::plus);
    }

    /** Under the lock. */
    private Map<Workload, AckSummary> counted() {
        long now = nanoTime.getAsLong();
        if (counted == null || now - countedAt > COUNT_HOLDS_NANOS) {
            counted = tallies.count(sidecars.all(), due, now);
            countedAt = now;
        }
        return counted;
    }

    @Override
    public void connected(String podUid, String stream) {
        sidecars.connected(podUid, stream);
        changed();
    }

    @Override
    public void acked(String podUid, String stream, String hash) {
        changedIf(sidecars.acked(podUid, stream, hash));
    }

    @Override
    public void nacked(String podUid, String stream, String hash, String path, String message) {
        changedIf(sidecars.nacked(podUid, stream, hash, path, message));
    }

    @Override
    public void disconnected(String podUid, String stream) {
        changedIf(sidecars.disconnected(podUid, stream));
    }

    /** What another replica knows of the sidecars that are connected there, in place of what it said before. */
    public void remote(String replica, List<SidecarReport> reports) {
        changedIf(sidecars.remote(replica, reports));
    }

    /** That replica is gone, or silent for too long. */
    public void forget(String replica) {
        changedIf(sidecars.forget(replica));
    }

    private void changedIf(boolean news) {
        if (news) {
            changed();
        }
    }

    /** Of every sidecar that is connected here, for other replicas. */
    public List<SidecarReport> local() {
        return sidecars.local();
    }

    /** How many sidecars are connected here. */
    public int connectedSidecars() {
        return sidecars.connected();
    }

    /**
     * Calls {@code listener} when summaries may have changed, a moment after the last of several changes, on the scheduler's
     * thread.
     */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }
}
