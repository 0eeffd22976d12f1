package dev.fairlead.operator.control;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairlead.operator.allot.FleetBook;
import dev.fairlead.operator.allot.PoolStanding;
import dev.fairlead.operator.allot.Sidecar;
import dev.fairlead.operator.cluster.PodIndex;
import dev.fairlead.operator.control.ReportReader.MalformedReportException;
import dev.fairlead.operator.leader.Leadership;
import dev.fairlead.operator.reconcile.Standings;
import dev.fairlead.operator.rollout.Rollout;
import dev.fairlead.operator.rollout.RolloutSource;
import dev.fairlead.operator.serve.FleetDesk;
import dev.fairlead.operator.serve.FleetReply;
import dev.fairlead.operator.world.ObjectRef;
import dev.fairlead.operator.world.Workload;
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
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
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
    /** The same in bytes, of which one report may have 1 MiB: here and on their way to the replica that leads. */
    static final long MOST_BYTES = 32L << 20;

    private final ObjectMapper json = new ObjectMapper();
    private final ReportReader reader = new ReportReader();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(Fleet::daemon);
    private final Leadership leadership;
    private final RolloutSource rollouts;
    private final PodIndex pods;
    private final BooleanSupplier synced;
    private final FleetDesk relay;
    private final FleetBook book;
    private final SharedPools pools = new SharedPools();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong unanswered = new AtomicLong();
    private Map<String, PoolStanding> shown = new HashMap<>();

    /**
     * @param synced whether {@code pods} has been read: before that nobody can say who may hold something
     * @param relay takes reports to the replica that leads
     */
    Fleet(Leadership leadership, RolloutSource rollouts, PodIndex pods, BooleanSupplier synced, FleetDesk relay) {
        this.leadership = leadership;
        this.rollouts = rollouts;
        this.pods = pods;
        this.synced = synced;
        this.relay = relay;
        this.book = new FleetBook(pods::uids, this::mayHold);
    }

    void start() {
        leadership.onGained(() -> run(this::follow));
        var unused = thread.scheduleWithFixedDelay(this::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
    }

    @Override
    public CompletionStage<FleetReply> report(String pod, byte[] report) {
        return leadership.mayWrite() ? here(pod, report) : bounded(report, () -> relay.report(pod, report));
    }

    /** Answers if this replica leads: what another has relayed is not relayed again. */
    CompletionStage<FleetReply> here(String pod, byte[] report) {
        return bounded(report, () -> queued(pod, report));
    }

    private CompletionStage<FleetReply> bounded(byte[] report, Supplier<CompletionStage<FleetReply>> way) {
        if (bytes.addAndGet(report.length) > MOST_BYTES) {
            bytes.addAndGet(-report.length);
            unanswered.incrementAndGet();
            return CompletableFuture.completedStage(FleetReply.NOBODY);
        }
        return way.get().whenComplete((reply, failed) -> bytes.addAndGet(-report.length));
    }

    private CompletionStage<FleetReply> queued(String pod, byte[] report) {
        var answer = new CompletableFuture<FleetReply>();
        Runnable task = () -> {
            try {
                answer.complete(safely(pod, report));
            } finally {
                answer.complete(FleetReply.NOBODY);
            }
        };
        if (waiting.incrementAndGet() > MOST_WAITING || !run(task)) {
            waiting.decrementAndGet();
            unanswered.incrementAndGet();
            answer.complete(FleetReply.NOBODY);
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

    private FleetReply safely(String pod, byte[] report) {
        waiting.decrementAndGet();
        FleetReply reply = FleetReply.NOBODY;
        try {
            reply = answer(pod, report);
        } catch (MalformedReportException e) {
            LOG.atDebug()
                    .addKeyValue("pod", pod)
                    .addKeyValue("reason", e.getMessage())
                    .log("report was malformed");
            reply = new FleetReply.Malformed(e.getMessage());
        } catch (IOException | RuntimeException e) {
            LOG.atError().setCause(e).addKeyValue("pod", pod).log("report could not be answered");
        }
        (reply instanceof FleetReply.Answered ? answered : unanswered).incrementAndGet();
        return reply;
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

    private FleetReply answer(String pod, byte[] report) throws IOException {
        follow();
        var rollout = rollouts.latest();
        var workload = pods.workloadOf(pod);
        if (!book.leads() || rollout.isEmpty() || workload.isEmpty()) {
            return FleetReply.NOBODY;
        }
        var answer = book.answer(
                sidecar(pod, workload.get(), rollout.get()),
                pools.of(workload.get(), rollout.get()),
                reader.read(report),
                nowMs());
        return answer.isPresent() ? new FleetReply.Answered(json.writeValueAsBytes(answer.get())) : FleetReply.NOBODY;
    }

    private static Sidecar sidecar(String pod, Workload workload, Rollout rollout) {
        var config = rollout.compilation().configs().get(workload);
        // Without a configuration there is no pool of which it could have a part.
        return config == null
                ? new Sidecar(pod, workload.namespace(), 1)
                : new Sidecar(pod, config.workload().tenant(), config.workload().tenantWeight());
    }

    /** The books are kept as long as this replica leads and knows which pods there are. */
    private void follow() {
        boolean leads = leadership.mayWrite();
        if (leads && !book.leads()) {
            if (synced.getAsBoolean()) {
                book.lead(nowMs());
            }
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
        long nowMs = nowMs();
        ids.forEach(id -> now.put(id, book.standing(id, nowMs).roughly(nowMs)));
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
    public Optional<List<String>> gone(ObjectRef pool) {
        return book.gone(pool.id(), nowMs());
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
