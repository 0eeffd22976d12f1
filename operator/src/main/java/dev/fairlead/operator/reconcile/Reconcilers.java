package dev.fairlead.operator.reconcile;

import dev.fairlead.operator.leader.Leadership;
import dev.fairlead.operator.rollout.RolloutSource;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One reconciler for each of the four kinds, which keep {@code status} true and say in Events what has changed. Every replica
 * runs them; only the one with the lease writes.
 */
public final class Reconcilers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reconcilers.class);
    private static final int THREADS = 4;
    private static final Duration CACHE_SYNC = Duration.ofMinutes(2);
    private static final Duration LAST_WORK = Duration.ofSeconds(5);
    private static final Duration FIRST_RETRY = Duration.ofMillis(500);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

    private final Operator operator;
    private final Triggers triggers;
    private volatile String problem;

    /**
     * @param client tolerates objects of a later version; stays the caller's
     * @param events takes what is said; stays the caller's
     */
    public Reconcilers(
            KubernetesClient client,
            RolloutSource rollouts,
            Acks acks,
            Standings standings,
            Leadership leadership,
            Events events,
            StatusWrites writes,
            Clock clock) {
        this.operator = new Operator(overrider -> configure(overrider, client));
        this.triggers = new Triggers(rollouts, acks, standings, leadership);
        var shared = new StatusReconciler.Shared(
                new Reports(rollouts), acks, leadership, new Pace(clock), new Announcer(events), triggers, writes);
        register(new KeyPoolReconciler(shared, new KeyPoolStatuses(clock, standings)));
        register(new AIRouteReconciler(shared, new AIRouteStatuses(clock, standings)));
        register(new TenantReconciler(shared, new TenantStatuses(clock)));
        register(new SubscriptionReconciler(shared, new SubscriptionStatuses(clock)));
    }

    /** Returns when the four kinds have been read, or after 2 minutes; what could not be read by then is read later. */
    public void start() {
        operator.start();
        triggers.start();
    }

    /** What only a restart mends, {@code null} for nothing. */
    public String problem() {
        return problem;
    }

    /** Ends after what is being written, or after 5 s. */
    @Override
    public void close() {
        triggers.close();
        operator.stop();
    }

    private <R extends CustomResource<?, S>, S> void register(StatusReconciler<R, S> reconciler) {
        operator.register(
                reconciler,
                settings -> settings.watchingAllNamespaces()
                        .withRetry(new GenericRetry()
                                .setInitialInterval(FIRST_RETRY)
                                .setMaxInterval(LONGEST_RETRY.toMillis())
                                .withoutMaxAttempts()));
    }

    /** JOSDK would otherwise end the process: when an informer stops, when it cannot start one, when a lease is lost. */
    private void configure(ConfigurationServiceOverrider overrider, KubernetesClient client) {
        overrider
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .checkingCRDAndValidateLocalModel(false)
                .withStopOnInformerErrorDuringStartup(false)
                .withInformerStoppedHandler(this::stopped)
                .withCacheSyncTimeout(CACHE_SYNC)
                .withReconciliationTerminationTimeout(LAST_WORK)
                .withConcurrentReconciliationThreads(THREADS);
    }

    private void stopped(SharedIndexInformer<?> informer, Throwable cause) {
        if (cause != null) {
            problem = "the informer of " + informer.getApiTypeClass().getSimpleName() + " has stopped";
            LOG.atError()
                    .setCause(cause)
                    .addKeyValue("kind", informer.getApiTypeClass().getSimpleName())
                    .log("informer stopped, statuses of this kind are not written any more");
        }
    }
}
