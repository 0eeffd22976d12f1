package dev.fairlead.operator.leader;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leadership by the Lease {@code fairlead-operator}. A lost lease ends nothing but the right to write: this replica then
 * campaigns again, for ever, whatever the API server answers or does not.
 */
public final class LeaseLeadership implements Leadership, AutoCloseable {
    /** The name of the Lease, in the operator's own namespace. */
    public static final String LEASE = "fairlead-operator";

    private static final Logger LOG = LoggerFactory.getLogger(LeaseLeadership.class);
    private static final int RELEASE_SECONDS = 5;

    private final KubernetesClient client;
    private final String identity;
    private final LeaseTimes times;
    private final HeldLease lease;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final ExecutorService workers = Executors.newCachedThreadPool(LeaseLeadership::daemon);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicReference<CompletableFuture<?>> campaign = new AtomicReference<>();

    /** Until when this replica may write, as {@link System#nanoTime()}; {@code null} for not at all. */
    private final AtomicReference<Long> until = new AtomicReference<>();

    /**
     * @param namespace the operator's own
     * @param identity what distinguishes this replica: the name of its pod
     */
    public LeaseLeadership(KubernetesClient client, String namespace, String identity) {
        this(client, namespace, identity, LeaseTimes.STANDARD);
    }

    LeaseLeadership(KubernetesClient client, String namespace, String identity, LeaseTimes times) {
        this.client = client;
        this.identity = identity;
        this.times = times;
        this.lease = new HeldLease(namespace, LEASE, identity, System::nanoTime, this::renewed);
    }

    /** Begins to campaign, and returns at once. */
    public void start() {
        workers.execute(this::campaignForEver);
    }

    @Override
    public boolean mayWrite() {
        Long end = until.get();
        return end != null && System.nanoTime() - end < 0;
    }

    @Override
    public void onGained(Runnable listener) {
        listeners.add(listener);
    }

    /** Gives the lease back where it is held, so that another replica need not wait, and returns after 5 s at most. */
    @Override
    public void close() {
        if (workers.isShutdown()) {
            return;
        }
        closed.countDown();
        until.set(null);
        workers.execute(() -> cancel(campaign.get()));
        workers.shutdown();
        try {
            if (!workers.awaitTermination(RELEASE_SECONDS, TimeUnit.SECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void campaignForEver() {
        try {
            do {
                campaignOnce();
                until.set(null);
            } while (!closed.await(times.retry().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns when the lease is lost, or the campaign itself. */
    private void campaignOnce() throws InterruptedException {
        try {
            var elector = new LeaderElector(
                            client,
                            new LeaderElectionConfigBuilder()
                                    .withName(LEASE)
                                    .withLock(lease)
                                    .withLeaseDuration(times.lease())
                                    .withRenewDeadline(times.renew())
                                    .withRetryPeriod(times.retry())
                                    .withReleaseOnCancel(true)
                                    .withLeaderCallbacks(
                                            new LeaderCallbacks(this::started, this::stopped, this::noticed))
                                    .build(),
                            workers)
                    .start();
            campaign.set(elector);
            if (closed.getCount() == 0) {
                cancel(elector);
            }
            elector.get();
        } catch (ExecutionException | CancellationException e) {
            LOG.atDebug().setCause(e).addKeyValue("identity", identity).log("campaign for the lease ended");
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).addKeyValue("identity", identity).log("campaign for the lease failed");
        }
    }

    private static void cancel(CompletableFuture<?> elector) {
        if (elector != null) {
            elector.cancel(true);
        }
    }

    /** Unlike the elector's own callback it never comes before the API server has confirmed that the lease is ours. */
    private void renewed(long begun) {
        if (closed.getCount() == 0) {
            return;
        }
        boolean before = mayWrite();
        until.set(begun + times.renew().toNanos());
        if (!before && mayWrite()) {
            LOG.atInfo().addKeyValue("identity", identity).log("leadership gained");
            listeners.forEach(workers::execute);
        }
    }

    private void started() {
        LOG.atDebug().addKeyValue("identity", identity).log("lease taken");
    }

    private void stopped() {
        until.set(null);
        LOG.atInfo().addKeyValue("identity", identity).log("leadership given up");
    }

    private void noticed(String leader) {
        LOG.atInfo()
                .addKeyValue("identity", identity)
                .addKeyValue("leader", leader == null || leader.isEmpty() ? "nobody" : leader)
                .log("leader seen");
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "fairlead-leader");
        thread.setDaemon(true);
        return thread;
    }
}
