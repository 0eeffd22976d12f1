package dev.fairlead.operator.trust;

import dev.fairlead.operator.leader.Leadership;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Issues the certificates and replaces them in time, where this replica leads; writes nothing elsewhere. Looks every minute, when
 * leadership was gained, and when Secret or webhook configuration have changed. What fails is tried again a minute later. Runs on
 * one thread of its own.
 */
public final class TrustKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrustKeeper.class);
    private static final long SECONDS_BETWEEN_LOOKS = 60;

    /** The longest way from nothing to done is three steps; the rest is for conflicts with another writer. */
    private static final int MOST_STEPS_AT_ONCE = 10;

    /** Not Opaque: a KeyPool may name Opaque Secrets only, and nobody is to send the CA's key to a provider by one. */
    private static final String SECRET_TYPE = "fairlead.dev/certificates";

    private static final int UNPROCESSABLE = 422;

    private final KubernetesClient client;
    private final TrustSettings settings;
    private final TrustWatch secretWatch;
    private final Leadership leadership;
    private final Clock clock;
    private final RotationPlan plan;
    private final Rotation rotation;
    private final WebhookBundle webhooks;
    private final ObjectWatch<MutatingWebhookConfiguration> webhookWatch;
    private final ScheduledExecutorService thread;
    private final AtomicBoolean woken = new AtomicBoolean();

    /** @param secretWatch tells of changes of the Secret; started and closed by the caller */
    public TrustKeeper(
            KubernetesClient client,
            TrustSettings settings,
            TrustWatch secretWatch,
            Leadership leadership,
            Clock clock) {
        this.client = client;
        this.settings = settings;
        this.secretWatch = secretWatch;
        this.leadership = leadership;
        this.clock = clock;
        this.plan = RotationPlan.standard(settings.names());
        this.rotation = new Rotation(plan, new Issuer(new SecureRandom()));
        this.webhooks = new WebhookBundle(client, settings.webhookConfiguration());
        this.webhookWatch = new ObjectWatch<>(webhooks.object(), ignored -> wake());
        // A change that is seen while this closes has nobody to look at it any more.
        this.thread = new ScheduledThreadPoolExecutor(1, TrustKeeper::named, new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Begins; returns at once. */
    public void start() {
        secretWatch.onSighting(this::wake);
        leadership.onGained(this::wake);
        webhookWatch.start();
        var unused = thread.scheduleWithFixedDelay(this::look, 0, SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
    }

    private static Thread named(Runnable work) {
        Thread keeper = new Thread(work, "trust-keeper");
        keeper.setDaemon(true);
        return keeper;
    }

    private void wake() {
        if (woken.compareAndSet(false, true)) {
            thread.execute(this::look);
        }
    }

    private void look() {
        woken.set(false);
        try {
            keep();
        } catch (RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("secret", where())
                    .addKeyValue("error", harmless(e))
                    .log("certificates could not be kept");
        }
    }

    /** An answer to bad content may quote it, and the content is keys. */
    private static String harmless(RuntimeException e) {
        boolean mayQuote = e instanceof KubernetesClientException refused && refused.getCode() == UNPROCESSABLE;
        return mayQuote ? "the API server refused the content" : e.toString();
    }

    /**
     * Does what is due now.
     *
     * @throws KubernetesClientException when the API server cannot be reached or refuses
     */
    void keep() {
        for (int i = 0; i < MOST_STEPS_AT_ONCE && leadership.mayWrite(); i++) {
            Secret secret = client.secrets()
                    .inNamespace(settings.namespace())
                    .withName(settings.secret())
                    .get();
            Stored stored = TrustSecret.read(secret);
            if (stored instanceof Stored.Intact intact) {
                // Before the next step is asked for: a CA counts as published only once the API server has it.
                webhooks.publish(Pem.of(intact.state().bundle()));
            }
            Instant now = clock.instant();
            Step step = plan.next(now, stored);
            if (step.kind() == Step.Kind.NOTHING) {
                return;
            }
            TrustState next = rotation.after(step, stored, now);
            write(secret, step, stored instanceof Stored.Intact ? next : next.withRetired(remembered()));
        }
    }

    /** Of a Secret that was lost: nobody is to trust these any more, but pods that carry them are ours. */
    private List<X509Certificate> remembered() {
        try {
            return Pem.certificates(secretWatch.everIssued());
        } catch (Pem.UnreadableException e) {
            return List.of();
        }
    }

    private void write(Secret secret, Step step, TrustState state) {
        if (!leadership.mayWrite()) {
            return;
        }
        try {
            if (secret == null) {
                client.resource(TrustSecret.write(blank(), state)).create();
            } else {
                client.resource(TrustSecret.write(secret, state)).update();
            }
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT && e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
            LOG.atInfo()
                    .addKeyValue("secret", where())
                    .log("certificates were changed by another meanwhile, looking again");
            return;
        }
        var event = step.kind() == Step.Kind.ISSUE_ANEW && secret != null ? LOG.atWarn() : LOG.atInfo();
        event.addKeyValue("secret", where())
                .addKeyValue("step", step.kind())
                .addKeyValue("because", step.because())
                .addKeyValue(
                        "leafEnds", state.leaf().map(CertifiedKey::notAfter).orElse(null))
                .addKeyValue("caEnds", state.authority().notAfter())
                .log("certificates were changed");
    }

    private Secret blank() {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(settings.namespace())
                .withName(settings.secret())
                .addToLabels("app.kubernetes.io/managed-by", "fairlead-operator")
                .endMetadata()
                .withType(SECRET_TYPE)
                .build();
    }

    private String where() {
        return settings.namespace() + "/" + settings.secret();
    }

    @Override
    public void close() {
        thread.shutdownNow();
        webhookWatch.close();
    }
}
