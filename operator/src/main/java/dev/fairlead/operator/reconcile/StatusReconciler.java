package dev.fairlead.operator.reconcile;

import dev.fairlead.operator.leader.Leadership;
import dev.fairlead.operator.world.ObjectRef;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Writes what is known about an object into its status, where that is news. Called on JOSDK's threads, for one object by one at
 * a time.
 */
abstract class StatusReconciler<R extends CustomResource<?, S>, S> implements Reconciler<R> {
    private final Supplier<R> blank;
    private final Statuses<R, S> statuses;
    private final Shared shared;

    /** @param blank makes an empty object of the kind */
    StatusReconciler(Supplier<R> blank, Statuses<R, S> statuses, Shared shared) {
        this.blank = blank;
        this.statuses = statuses;
        this.shared = shared;
    }

    /** What the reconcilers of all kinds use. */
    record Shared(
            Reports reports,
            Acks acks,
            Leadership leadership,
            Pace pace,
            Announcer announcer,
            Triggers triggers,
            StatusWrites writes) {}

    @Override
    public List<EventSource<?, R>> prepareEventSources(EventSourceContext<R> context) {
        return List.of(shared.triggers.source(context.getPrimaryCache(), this::isDue));
    }

    @Override
    public UpdateControl<R> reconcile(R object, Context<R> context) {
        var found = shared.reports.of(object);
        if (found.isEmpty() || !shared.leadership.mayWrite()) {
            return UpdateControl.noUpdate(); // the rollout that contains it, or the lease, will call again
        }
        var report = found.get();
        var status = status(report, object);
        if (status.equals(object.getStatus())) {
            return again(statuses.changesAfter(report));
        }
        var before = statuses.conditionsOf(object.getStatus());
        var now = statuses.conditionsOf(status);
        var pause = shared.pace.pause(
                object.getMetadata().getUid(), statuses.pace(object.getStatus(), status), before, now);
        if (!pause.isZero()) {
            return again(Optional.of(pause));
        }
        if (!written(fresh(object, status), object, context)) {
            return again(Optional.of(StatusPatch.SOON));
        }
        shared.pace.wrote(object.getMetadata().getUid());
        shared.announcer.announce(object, before, now, statuses.news(object.getStatus(), status));
        return again(statuses.changesAfter(report));
    }

    /** Whether the status of an object is not what it should be. */
    private boolean isDue(R object) {
        return shared.leadership.mayWrite()
                && shared.reports
                        .of(object)
                        .filter(report -> !status(report, object).equals(object.getStatus()))
                        .isPresent();
    }

    private S status(Report<R> report, R object) {
        return statuses.of(report, shared.acks.summaryOf(ObjectRef.of(object)), object.getStatus());
    }

    private boolean written(R fresh, R read, Context<R> context) {
        var result = StatusWrites.FAILED;
        try {
            result = StatusPatch.write(fresh, read, context) ? StatusWrites.WRITTEN : StatusWrites.CONFLICT;
            return result.equals(StatusWrites.WRITTEN);
        } finally {
            shared.writes.ended(read.getKind(), result);
        }
    }

    /** Nothing but identity and status: a server-side apply owns what it sends. */
    private R fresh(R object, S status) {
        var fresh = blank.get();
        fresh.setSpec(null);
        fresh.setMetadata(new ObjectMetaBuilder()
                .withNamespace(object.getMetadata().getNamespace())
                .withName(object.getMetadata().getName())
                .withUid(object.getMetadata().getUid())
                // A write that took longer than the lease must not come after another leader's.
                .withResourceVersion(object.getMetadata().getResourceVersion())
                .build());
        fresh.setStatus(status);
        return fresh;
    }

    private static <R extends CustomResource<?, ?>> UpdateControl<R> again(Optional<Duration> after) {
        UpdateControl<R> control = UpdateControl.noUpdate();
        after.ifPresent(control::rescheduleAfter);
        return control;
    }
}
