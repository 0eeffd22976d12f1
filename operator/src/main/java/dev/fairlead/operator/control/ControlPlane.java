package dev.fairlead.operator.control;

import dev.fairlead.operator.cluster.ClusterView;
import dev.fairlead.operator.compile.Compiler;
import dev.fairlead.operator.inject.InjectedPodCheck;
import dev.fairlead.operator.inject.InjectionReason;
import dev.fairlead.operator.inject.InjectionRules;
import dev.fairlead.operator.inject.InjectionSettings;
import dev.fairlead.operator.inject.InjectionWebhook;
import dev.fairlead.operator.inject.IssuedBundles;
import dev.fairlead.operator.inject.PodReviews;
import dev.fairlead.operator.leader.LeaseLeadership;
import dev.fairlead.operator.metrics.AckTimes;
import dev.fairlead.operator.metrics.HealthServer;
import dev.fairlead.operator.metrics.OperatorMetrics;
import dev.fairlead.operator.peer.PeerResolver;
import dev.fairlead.operator.peer.PeerSettings;
import dev.fairlead.operator.peer.Peers;
import dev.fairlead.operator.reconcile.Acks;
import dev.fairlead.operator.reconcile.Events;
import dev.fairlead.operator.reconcile.Reconcilers;
import dev.fairlead.operator.rollout.AckBook;
import dev.fairlead.operator.rollout.Rollouts;
import dev.fairlead.operator.serve.ConfigServer;
import dev.fairlead.operator.serve.ServeSettings;
import dev.fairlead.operator.serve.TokenAuthenticator;
import dev.fairlead.operator.trust.TrustKeeper;
import dev.fairlead.operator.trust.TrustSettings;
import dev.fairlead.operator.trust.TrustWatch;
import dev.fairlead.sidecar.control.ControlEnvironment;
import dev.fairlead.sidecar.provider.ProviderProfiles;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One replica: it watches, compiles and serves whether or not it leads; statuses, Events and certificates are the leader's.
 * Start and close may be called on any thread but an event loop's.
 */
public final class ControlPlane implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlPlane.class);

    private static final String ANYWHERE = "0.0.0.0";
    private static final String NO_PORT = "a port cannot be listened on";
    private static final int LAST_REVIEWS_SECONDS = 3;

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(ControlPlane::daemon);
    private final Vertx vertx = Vertx.vertx();
    private final ClusterView view;
    private final Rollouts rollouts;
    private final AckBook acks;
    private final LeaseLeadership leadership;
    private final TrustWatch trust;
    private final TrustKeeper trustKeeper;
    private final TokenAuthenticator sidecarTokens;
    private final TokenAuthenticator peerTokens;
    private final ConfigServer configServer;
    private final Peers peers;
    private final Fleet fleet;
    private final Events events;
    private final PodReviews reviews;
    private final InjectionWebhook webhook;
    private final Reconcilers reconcilers;
    private final OperatorMetrics metrics = new OperatorMetrics();
    private final HealthServer health;
    private final OperatorSettings.Ports wanted;
    private volatile boolean ending;
    private volatile Future<OperatorSettings.Ports> listening =
            Promise.<OperatorSettings.Ports>promise().future();

    /**
     * Nothing is asked of the API server before {@link #start}.
     *
     * @param client as {@link dev.fairlead.operator.cluster.ClusterClient} makes it; stays the caller's
     */
    public ControlPlane(
            KubernetesClient client, OperatorSettings settings, InjectionSettings injection, PeerResolver resolver) {
        this(
                client,
                settings,
                injection,
                resolver,
                settings.serving(),
                PeerSettings.of(settings.namespace(), settings.serviceAccount(), settings.podIp()));
    }

    /** The same where addresses and ports are not those of pods. */
    ControlPlane(
            KubernetesClient client,
            OperatorSettings settings,
            InjectionSettings injection,
            PeerResolver resolver,
            ServeSettings serving,
            PeerSettings peering) {
        wanted = settings.ports();
        var clock = Clock.systemUTC();
        var instruments = new Instruments(metrics, clock);
        var profiles = ProviderProfiles.load();
        view = new ClusterView(client, settings.keyNamespaces());
        rollouts = new Rollouts(view::world, new Compiler(profiles));
        acks = new AckBook(view::workloadOf, rollouts, scheduler, System::nanoTime);
        leadership = new LeaseLeadership(client, settings.namespace(), settings.podName());
        events = new Events(client, settings.podName(), clock);
        events.onWritten(instruments::eventWritten);

        var trustSettings =
                new TrustSettings(settings.namespace(), TrustSettings.SECRET, settings.webhookConfiguration());
        trust = new TrustWatch(client, trustSettings, clock);
        trustKeeper = new TrustKeeper(client, trustSettings, trust, leadership, clock);

        var issued = new IssuedBundles(trust);
        sidecarTokens = new TokenAuthenticator(client, ControlEnvironment.AUDIENCE, clock);
        peerTokens = new TokenAuthenticator(client, Peers.AUDIENCE, clock);
        configServer = new ConfigServer(
                vertx,
                trust,
                rollouts,
                view,
                new InjectedPodCheck(injection, issued),
                new CountedAuthenticator(sidecarTokens, instruments::reviewed),
                new AckTimes(acks, rollouts, System::nanoTime, instruments::acknowledged),
                serving);
        var reports = new PeerReports(acks, leadership);
        peers = new Peers(vertx, resolver, trust, peerTokens, reports, reports, peering);
        configServer.serve("GET", Peers.PATH, peers::handle);
        fleet = new Fleet(leadership, rollouts, view, view::hasSynced, peers::relay);
        configServer.serve(fleet);
        configServer.serve("POST", Peers.FLEET_PATH, peers.intake(fleet::here));

        reviews = new PodReviews(
                new InjectionRules(injection, issued),
                trust,
                new NamespaceLookup(client),
                instruments,
                (regarding, reason, note) -> events.emit(regarding, severity(reason), reason.text(), note),
                clock);
        webhook = new InjectionWebhook(vertx, trust, reviews, ANYWHERE, wanted.webhook());
        reconcilers = new Reconcilers(
                client, rollouts, Acks.of(acks), fleet, leadership, events, instruments::statusWritten, clock);
        health = new HealthServer(vertx, metrics, this::problem, this::notReadyBecause);
        instruments.rollouts(rollouts);
        instruments.serving(configServer.figures());
        instruments.fleet(fleet);
        instruments.cluster(view, leadership);
        instruments.certificates(trust);
    }

    private static String severity(InjectionReason reason) {
        return reason.outcome() == InjectionReason.Outcome.DENY ? Events.WARNING : Events.NORMAL;
    }

    /** Starts everything; what needs the API server goes on trying until it is there. */
    public void start() {
        var healthPort = health.listen(wanted.metrics(), ANYWHERE);
        view.onChange(rollouts::changed);
        view.start();
        leadership.start();
        trust.start();
        trustKeeper.start();
        configServer.start();
        peers.start();
        fleet.start();
        listening = Future.all(webhook.start(), configServer.listening(), healthPort)
                .map(all -> new OperatorSettings.Ports(all.resultAt(0), all.resultAt(1), all.resultAt(2)))
                .onSuccess(ports -> LOG.atInfo()
                        .addKeyValue("webhook", ports.webhook())
                        .addKeyValue("config", ports.config())
                        .log("operator listens"));
        // Waits for the API server, for minutes if need be: whoever started us is to be able to end us meanwhile.
        var starting = new Thread(reconcilers::start, "reconcilers");
        starting.setDaemon(true);
        starting.start();
    }

    private String problem() {
        return listening.failed() ? NO_PORT : reconcilers.problem();
    }

    private String notReadyBecause() {
        if (ending) {
            return "it is ending";
        }
        if (!view.hasSynced()) {
            return "the cluster has not been read yet";
        }
        if (rollouts.latest().isEmpty()) {
            return "nothing has been compiled yet";
        }
        if (!listening.succeeded()) {
            return listening.failed() ? NO_PORT : "there are no certificates yet";
        }
        return null;
    }

    /** Completes with the ports when webhook and configuration stream are served: as soon as there are certificates. */
    Future<OperatorSettings.Ports> listening() {
        return listening;
    }

    /** Tells sidecars to go elsewhere, gives leadership up, ends. */
    @Override
    public void close() {
        ending = true;
        reconcilers.close();
        configServer.close();
        peers.close();
        fleet.close();
        answerLastReviews();
        reviews.close();
        trustKeeper.close();
        leadership.close();
        trust.close();
        rollouts.close();
        view.close();
        events.close();
        sidecarTokens.close();
        peerTokens.close();
        scheduler.shutdownNow();
        metrics.close();
        vertx.close();
    }

    /** Pods are refused while nobody reviews them, so the webhook goes last. */
    private void answerLastReviews() {
        try {
            webhook.close().toCompletionStage().toCompletableFuture().get(LAST_REVIEWS_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.atWarn().setCause(e).log("webhook did not close in time");
        }
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "acknowledgements");
        thread.setDaemon(true);
        return thread;
    }
}
