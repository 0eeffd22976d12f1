package dev.fairlead.operator.control;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairlead.operator.allot.FleetBook;
import dev.fairlead.operator.allot.PoolStanding;
import dev.fairlead.operator.allot.Sidecar;
import dev.fairlead.operator.cluster.PodIndex;
import dev.fairlead.operator.leader.Leadership;
import dev.fairlead.operator.reconcile.Standings;
import dev.fairlead.operator.rollout.Rollout;
import dev.fairlead.operator.rollout.RolloutSource;
import dev.fairlead.operator.serve.FleetDesk;
import dev.fairlead.operator.world.ObjectRef;
import dev.fairlead.operator.world.Workload;
import dev.fairlead.sidecar.fleet.FleetReport;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers sidecars' reports: here while this replica leads, else by way of the one that does. All that is read and divided is
 * read and divided on one thread of its own, so that no stream waits for it.
 */
final class Fleet implements FleetDesk, Standings, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);
    private static final long TICK_MS = 1_000;
    /** More than as many wait only when this replica is far too slow; those may as well ask again. */
    private static final int MOST_WAITING = 2_000;

    private final ObjectMapper json = new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(Fleet::daemon);
    private final Leadership leadership;
    private final RolloutSource rollouts;
    private final PodIndex pods;
    private final FleetDesk relay;
    private final FleetBook book;
    private final SharedPools pools = new SharedPools();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong unanswered = new AtomicLong();
    private Map<String, PoolStanding> shown = new HashMap<>();

    /** @param relay takes reports to the replica that leads */
    Fleet(Leadership leadership, RolloutSource rollouts, PodIndex pods, FleetDesk relay) {
        this.leadership = leadership;
        this.rollouts = rollouts;
        this.pods = pods;
        this.relay = relay;
        this.book = new FleetBook(pods::uids, this::mayHold);
    }

    void start() {
        leadership.onGained(() -> run(this::follow));
        var unused = thread.scheduleWithFixedDelay(this::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    public CompletionStage<Optional<byte[]>> report(String pod, byte[] report) {
        return leadership.mayWrite() ? here(pod, report) : relay.report(pod, report);
    }

    /** Answers if this replica leads: what another has relayed is not relayed again. */
    CompletionStage<Optional<byte[]>> here(String pod, byte[] report) {
        var answer = new CompletableFuture<Optional<byte[]>>();
        Runnable task = () -> {
            try {
                answer.complete(safely(pod, report));
            } finally {
                answer.complete(Optional.empty());
            }
        };
        if (waiting.incrementAndGet() > MOST_WAITING || !run(task)) {
            waiting.decrementAndGet();
            unanswered.incrementAndGet();
            answer.complete(Optional.empty());
        }
        return answer;
    }

    private boolean run(Runnable task) {
        try {
            thread.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false; // Everything ends.
        }
    }

    private Optional<byte[]> safely(String pod, byte[] report) {
        waiting.decrementAndGet();
        Optional<byte[]> answer = Optional.empty();
        try {
            answer = answer(pod, report);
        } catch (IOException e) {
            LOG.atDebug().addKeyValue("pod", pod).log("report cannot be read");
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).addKeyValue("pod", pod).log("report could not be answered");
        }
        (answer.isPresent() ? answered : unanswered).incrementAndGet();
        return answer;
    }

    /** Whether a pod that has said nothing yet may have been given something of a pool, by whoever led before. */
    private boolean mayHold(String pod, String pool) {
        var workload = pods.workloadOf(pod);
        var rollout = rollouts.latest();
        if (workload.isEmpty() || rollout.isEmpty()) {
            return workload.isPresent();
        }
        return pools.of(workload.get(), rollout.get()).containsKey(pool)
                && pods.find(pod).map(HasServed::of).orElse(false);
    }

    private Optional<byte[]> answer(String pod, byte[] report) throws IOException {
        follow();
        var rollout = rollouts.latest();
        var workload = pods.workloadOf(pod);
        if (!book.leads() || rollout.isEmpty() || workload.isEmpty()) {
            return Optional.empty();
        }
        var answer = book.answer(
                sidecar(pod, workload.get(), rollout.get()),
                pools.of(workload.get(), rollout.get()),
                json.readValue(report, FleetReport.class),
                nowMs());
        return answer.isPresent() ? Optional.of(json.writeValueAsBytes(answer.get())) : Optional.empty();
    }

    private static Sidecar sidecar(String pod, Workload workload, Rollout rollout) {
        var config = rollout.compilation().configs().get(workload);
        // Without a configuration there is no pool of which it could have a part.
        return config == null
                ? new Sidecar(pod, workload.namespace(), 1)
                : new Sidecar(pod, config.workload().tenant(), config.workload().tenantWeight());
    }

    /** The books are kept exactly as long as this replica leads. */
    private void follow() {
        boolean leads = leadership.mayWrite();
        if (leads && !book.leads()) {
            book.lead(nowMs());
        } else if (!leads && book.leads()) {
            book.stop();
            shown = new HashMap<>();
        }
    }

    private void tick() {
        try {
            follow();
            var rollout = rollouts.latest();
            if (book.leads() && rollout.isPresent()) {
                var ids = rollout.get().compilation().pools().keySet();
                book.sweep(ids, nowMs());
                tellOfChanges(ids);
            }
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("looking after limits failed");
        }
    }

    private void tellOfChanges(Set<String> ids) {
        var now = new HashMap<String, PoolStanding>();
        ids.forEach(id -> now.put(id, book.standing(id, nowMs()).roughly()));
        if (!now.equals(shown)) {
            shown = now;
            listeners.forEach(Runnable::run);
        }
    }

    @Override
    public PoolStanding of(ObjectRef pool) {
        return book.standing(pool.id(), nowMs());
    }

    @Override
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Reports that were answered here. */
    long answered() {
        return answered.get();
    }

    /** Reports that were not. */
    long unanswered() {
        return unanswered.get();
    }

    private static long nowMs() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private static Thread daemon(Runnable work) {
        var made = new Thread(work, "fairlead-fleet");
        made.setDaemon(true);
        return made;
    }
}
