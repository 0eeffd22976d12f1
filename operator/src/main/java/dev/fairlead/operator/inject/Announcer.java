package dev.fairlead.operator.inject;

import dev.fairlead.operator.inject.InjectionReason.Outcome;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Clock;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what was decided: counts it, and tells the pod's owner of a pod that got no sidecar. Never holds up an answer: Events go
 * out on one thread, and are dropped where more wait than it can keep, or where there are more than an {@link EventBudget}.
 */
final class Announcer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);
    private static final int WAITING_AT_MOST = 256;

    /** An API server takes 1,024 bytes. */
    private static final int NOTE_AT_MOST = 1_000;

    private final InjectionObserver observer;
    private final InjectionEvents events;
    private final EventBudget budget;
    private final ThreadPoolExecutor teller =
            new ThreadPoolExecutor(1, 1, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(WAITING_AT_MOST), task -> {
                var thread = new Thread(task, "fairlead-injection-events");
                thread.setDaemon(true);
                return thread;
            });

    Announcer(InjectionObserver observer, InjectionEvents events, Clock clock) {
        this.observer = observer;
        this.events = events;
        this.budget = new EventBudget(clock);
        teller.allowCoreThreadTimeOut(true);
    }

    /** @param detail what in this pod, empty for nothing particular */
    void decided(Pod pod, String namespace, InjectionReason reason, String detail) {
        observer.decided(reason);
        LOG.atInfo()
                .addKeyValue("namespace", namespace)
                .addKeyValue("pod", name(pod))
                .addKeyValue("reason", reason.text())
                .addKeyValue("detail", detail)
                .log("pod decided about");
        if (reason.outcome() == Outcome.INJECT) {
            return;
        }
        if (!budget.take(namespace)) {
            LOG.atDebug().addKeyValue("reason", reason.text()).log("event dropped: too many of them");
            return;
        }
        var regarding = regarding(pod, namespace);
        String note = (reason.outcome() == Outcome.DENY ? "refused pod " : "no sidecar for pod ") + name(pod) + ": "
                + reason.meaning() + " Here: " + detail + ".";
        try {
            teller.execute(() -> emit(regarding, reason, note.substring(0, Math.min(note.length(), NOTE_AT_MOST))));
        } catch (RejectedExecutionException e) {
            LOG.atWarn().addKeyValue("reason", reason.text()).log("event dropped: too many are waiting");
        }
    }

    void refused(ReviewFault fault) {
        observer.refused(fault);
    }

    private void emit(ObjectReference regarding, InjectionReason reason, String note) {
        try {
            events.emit(regarding, reason, note);
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).addKeyValue("reason", reason.text()).log("event not written");
        }
    }

    /** A pod that a controller creates has no name yet. */
    private static String name(Pod pod) {
        var metadata = pod.getMetadata();
        return metadata.getName() != null && !metadata.getName().isEmpty()
                ? metadata.getName()
                : metadata.getGenerateName() + "*";
    }

    private static ObjectReference regarding(Pod pod, String namespace) {
        return pod.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .findFirst()
                .map(owner -> regarding(owner, namespace))
                .orElseGet(() -> new ObjectReferenceBuilder()
                        .withApiVersion("v1")
                        .withKind("Namespace")
                        .withName(namespace)
                        .withNamespace(namespace)
                        .build());
    }

    private static ObjectReference regarding(OwnerReference owner, String namespace) {
        return new ObjectReferenceBuilder()
                .withApiVersion(owner.getApiVersion())
                .withKind(owner.getKind())
                .withName(owner.getName())
                .withUid(owner.getUid())
                .withNamespace(namespace)
                .build();
    }

    /** Whether all Events have gone out. */
    boolean isIdle() {
        return teller.getCompletedTaskCount() == teller.getTaskCount();
    }

    @Override
    public void close() {
        teller.shutdownNow();
    }
}
