package dev.fairlead.operator.control;

import dev.fairlead.operator.cluster.ClusterView;
import dev.fairlead.operator.inject.InjectionObserver;
import dev.fairlead.operator.inject.InjectionReason;
import dev.fairlead.operator.inject.ReviewFault;
import dev.fairlead.operator.leader.Leadership;
import dev.fairlead.operator.metrics.OperatorCounter;
import dev.fairlead.operator.metrics.OperatorGauge;
import dev.fairlead.operator.metrics.OperatorMetrics;
import dev.fairlead.operator.metrics.OperatorTimer;
import dev.fairlead.operator.rollout.Rollouts;
import dev.fairlead.operator.serve.Authentication;
import dev.fairlead.operator.serve.ServeFigures;
import dev.fairlead.operator.trust.CertificateTimes;
import dev.fairlead.operator.trust.TrustWatch;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;

/** Shows on the metrics page what the parts of a replica count. */
final class Instruments implements InjectionObserver {
    private static final double MILLIS = 1_000;

    private final OperatorMetrics metrics;
    private final Clock clock;

    Instruments(OperatorMetrics metrics, Clock clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    void rollouts(Rollouts rollouts) {
        metrics.counted(OperatorCounter.ROLLOUTS, rollouts::compilations);
        rollouts.onRollout(() -> metrics.record(OperatorTimer.COMPILE, Duration.ofNanos(rollouts.lastNanos())));
        metrics.gauge(
                OperatorGauge.ROLLOUT_BYTES,
                () -> rollouts.latest()
                        .map(rollout -> rollout.snapshots().values().stream()
                                .mapToDouble(snapshot -> snapshot.json().length)
                                .sum())
                        .orElse(0.0));
    }

    void serving(ServeFigures figures) {
        metrics.gauge(OperatorGauge.CONNECTED_SIDECARS, figures::openStreams);
        metrics.counted(OperatorCounter.CONFIGS_SENT, figures::snapshotsSent);
        metrics.counted(OperatorCounter.CONFIG_SENT_BYTES, figures::bytesSent);
        metrics.counted(OperatorCounter.ACKS, figures::acks, "applied");
        metrics.counted(OperatorCounter.ACKS, figures::nacks, "refused");
        metrics.counted(OperatorCounter.ACKS, figures::staleAcks, "stale");
        metrics.countedBy(OperatorCounter.STREAMS_REFUSED, figures::refused);
        metrics.counted(OperatorCounter.STREAMS_STALLED, figures::stalledStreams);
    }

    void fleet(Fleet fleet) {
        metrics.counted(OperatorCounter.REPORTS, fleet::answered, "answered");
        metrics.counted(OperatorCounter.REPORTS, fleet::unanswered, "unanswered");
    }

    void cluster(ClusterView view, Leadership leadership) {
        metrics.gauge(OperatorGauge.SECRETS_WATCHED, view::watchedData);
        metrics.gauge(OperatorGauge.LEADER, () -> leadership.mayWrite() ? 1 : 0);
    }

    void certificates(TrustWatch trust) {
        metrics.gauge(OperatorGauge.CERTIFICATE_EXPIRY, () -> secondsTo(trust, CertificateTimes::leaf), "leaf");
        metrics.gauge(OperatorGauge.CERTIFICATE_EXPIRY, () -> secondsTo(trust, CertificateTimes::ca), "ca");
    }

    private double secondsTo(TrustWatch trust, Function<CertificateTimes, Instant> end) {
        return trust.times()
                .map(times ->
                        Duration.between(clock.instant(), end.apply(times)).toMillis() / MILLIS)
                .orElse(Double.NaN);
    }

    @Override
    public void decided(InjectionReason reason) {
        metrics.count(OperatorCounter.INJECTIONS, reason.outcome().name().toLowerCase(Locale.ROOT), reason.label());
    }

    @Override
    public void refused(ReviewFault fault) {
        metrics.count(OperatorCounter.INJECTIONS, fault.decision(), fault.label());
    }

    void reviewed(Authentication outcome) {
        metrics.count(OperatorCounter.TOKEN_REVIEWS, result(outcome));
    }

    private static String result(Authentication outcome) {
        if (outcome instanceof Authentication.Authenticated) {
            return "accepted";
        }
        return outcome instanceof Authentication.Refused ? "refused" : "failed";
    }

    void statusWritten(String kind, String result) {
        metrics.count(OperatorCounter.STATUS_WRITES, kind, result);
    }

    void eventWritten(String type) {
        metrics.count(OperatorCounter.EVENTS, type);
    }

    void acknowledged(Duration took) {
        metrics.record(OperatorTimer.PROPAGATION, took);
    }
}
