package dev.fairlead.operator.reconcile;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kubernetes Events about any object. The same content about the same object is one Event that counts, written at most every 5
 * minutes. Events are for people who look: one that cannot be written, or comes when 1,000 others wait, is dropped and logged.
 * Safe on every thread. Whoever calls decides whether this replica is the one to speak.
 */
public final class Events implements AutoCloseable {
    /** It is as it should be. */
    public static final String NORMAL = "Normal";

    /** Somebody should look. */
    public static final String WARNING = "Warning";

    private static final Logger LOG = LoggerFactory.getLogger(Events.class);
    private static final String COMPONENT = "fairlead-operator";
    private static final String CONTROLLER = "fairlead.dev/operator";
    private static final Duration AGAIN = Duration.ofMinutes(5);
    private static final int WAITING = 1000;
    private static final int REMEMBERED = 10_000;
    private static final int LONGEST_NAME = 200;
    private static final int CLOSE_SECONDS = 2;

    private final KubernetesClient client;
    private final String instance;
    private volatile Consumer<String> written = type -> {};
    private final Clock clock;
    private final ThreadPoolExecutor worker =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), Events::daemon);

    private final AtomicLong dropped = new AtomicLong();

    /** Only the worker's thread touches it. */
    private final Map<UUID, Said> said = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Said> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Calls {@code listener} with the type of each Event that was written, on the thread that writes; it must not block. */
    public void onWritten(Consumer<String> listener) {
        written = listener;
    }

    /** @param instance who reports: the name of this replica's pod */
    public Events(KubernetesClient client, String instance, Clock clock) {
        this.client = client;
        this.instance = instance;
        this.clock = clock;
    }

    /**
     * Says something about an object. Returns at once and never fails.
     *
     * @param regarding the object with kind, name and, where it has one, namespace; Events about objects without go to namespace
     *     {@code default}
     * @param type {@link #NORMAL} or {@link #WARNING}
     * @param reason one word in CamelCase
     * @param message a sentence; what exceeds 1,000 characters is cut off
     */
    public void emit(ObjectReference regarding, String type, String reason, String message) {
        String text = Sentences.bounded(message, Sentences.LONGEST);
        try {
            worker.execute(() -> say(regarding, type, reason, text));
        } catch (RejectedExecutionException e) {
            long count = dropped.incrementAndGet();
            if (count % WAITING == 1) {
                LOG.atWarn().addKeyValue("dropped", count).log("events dropped: too many wait to be written");
            }
        }
    }

    /** Writes what waits, for 2 s at most. */
    @Override
    public void close() {
        worker.shutdown();
        try {
            if (!worker.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                worker.shutdownNow();
            }
        } catch (InterruptedException e) {
            worker.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void say(ObjectReference regarding, String type, String reason, String message) {
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var id = id(regarding, type, reason, message);
        var earlier = said.get(id);
        var latest = earlier == null ? new Said(1, now, Instant.MIN) : earlier.again();
        said.put(id, latest);
        if (latest.written.plus(AGAIN).isAfter(now) && !latest.written.equals(Instant.MIN)) {
            return;
        }
        try {
            write(regarding, type, reason, message, id, latest, now);
            said.put(id, new Said(latest.count, latest.first, now));
            written.accept(type);
        } catch (KubernetesClientException e) {
            LOG.atWarn()
                    .addKeyValue("code", e.getCode())
                    .addKeyValue("kind", regarding.getKind())
                    .addKeyValue("namespace", regarding.getNamespace())
                    .addKeyValue("name", regarding.getName())
                    .addKeyValue("reason", reason)
                    .log("event dropped: it could not be written");
        }
    }

    private void write(
            ObjectReference regarding, String type, String reason, String message, UUID id, Said latest, Instant now) {
        String namespace =
                regarding.getNamespace() == null || regarding.getNamespace().isEmpty()
                        ? "default"
                        : regarding.getNamespace();
        var event = new EventBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name(regarding, id))
                .endMetadata()
                .withInvolvedObject(regarding)
                .withType(type)
                .withReason(reason)
                .withMessage(message)
                .withCount(latest.count)
                .withFirstTimestamp(latest.first.toString())
                .withLastTimestamp(now.toString())
                .withReportingComponent(CONTROLLER)
                .withReportingInstance(instance)
                .withNewSource()
                .withComponent(COMPONENT)
                .endSource()
                .build();
        client.resource(event)
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager(COMPONENT)
                        .withForce(true)
                        .build());
    }

    /** A name of its own for each content, so that another replica's word about the same is the same Event. */
    private static String name(ObjectReference regarding, UUID id) {
        String name = regarding.getName() == null ? "unnamed" : regarding.getName();
        return name.substring(0, Math.min(name.length(), LONGEST_NAME)) + "."
                + id.toString().replace("-", "");
    }

    private static UUID id(ObjectReference regarding, String type, String reason, String message) {
        String content = String.join(
                "\n",
                Objects.toString(regarding.getKind()),
                Objects.toString(regarding.getNamespace()),
                Objects.toString(regarding.getName()),
                Objects.toString(regarding.getUid()),
                type,
                reason,
                message);
        return UUID.nameUUIDFromBytes(content.getBytes(StandardCharsets.UTF_8));
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "fairlead-events");
        thread.setDaemon(true);
        return thread;
    }

    /** How often, since when, and when it was last written. */
    private record Said(int count, Instant first, Instant written) {
        Said again() {
            return new Said(count + 1, first, written);
        }
    }
}
