package dev.fairlead.operator.trust;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the Secret in every replica. What cannot be served is told in the log and changes nothing: the last that could be
 * served stays. Safe on every thread; listeners are called on the client's thread.
 */
public final class TrustWatch implements TrustSource, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrustWatch.class);

    private final TrustSettings settings;
    private final Clock clock;
    private final ObjectWatch<Secret> watch;
    private final List<Consumer<TrustMaterial>> listeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> sightings = new CopyOnWriteArrayList<>();
    private volatile MaterialCheck.Usable latest;

    public TrustWatch(KubernetesClient client, TrustSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.watch = new ObjectWatch<>(
                client.secrets().inNamespace(settings.namespace()).withName(settings.secret()), this::seen);
    }

    /** Begins to follow; returns at once. */
    public void start() {
        watch.start();
    }

    /** Whether the Secret, or that there is none yet, has been read. */
    public boolean hasSynced() {
        return watch.hasSynced();
    }

    @Override
    public Optional<TrustMaterial> current() {
        return Optional.ofNullable(latest).map(MaterialCheck.Usable::material);
    }

    @Override
    public String everIssued() {
        MaterialCheck.Usable usable = latest;
        return usable == null ? "" : usable.everIssued();
    }

    /** When the {@link #current} certificates end. */
    public Optional<CertificateTimes> times() {
        return Optional.ofNullable(latest).map(MaterialCheck.Usable::times);
    }

    @Override
    public void onChange(Consumer<TrustMaterial> listener) {
        listeners.add(listener);
    }

    /** Calls {@code listener} whenever the Secret has been seen, changed or gone, whether or not it can be used. */
    void onSighting(Runnable listener) {
        sightings.add(listener);
    }

    private void seen(Secret secret) {
        if (secret == null) {
            LOG.atWarn()
                    .addKeyValue("secret", where())
                    .log("secret of the certificates was deleted, the last ones stay in use");
        } else {
            accept(secret);
        }
        sightings.forEach(Runnable::run);
    }

    private void accept(Secret secret) {
        MaterialCheck.Usable before = latest;
        try {
            latest = MaterialCheck.of(secret, clock.instant());
        } catch (Pem.UnreadableException e) {
            LOG.atWarn()
                    .addKeyValue("secret", where())
                    .addKeyValue("because", e.getMessage())
                    .log("certificates cannot be used, the last ones stay in use");
            return;
        }
        if (before != null && before.material().equals(latest.material())) {
            return;
        }
        LOG.atInfo()
                .addKeyValue("secret", where())
                .addKeyValue("leafEnds", latest.times().leaf())
                .addKeyValue("caEnds", latest.times().ca())
                .log("certificates taken into use");
        listeners.forEach(listener -> listener.accept(latest.material()));
    }

    private String where() {
        return settings.namespace() + "/" + settings.secret();
    }

    @Override
    public void close() {
        watch.close();
    }
}
