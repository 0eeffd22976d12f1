package dev.fairlead.operator.reconcile;

import static dev.fairlead.operator.reconcile.Conditions.Verdict.no;
import static dev.fairlead.operator.reconcile.Conditions.Verdict.yes;

import dev.fairlead.api.v1alpha1.KeyPool;
import dev.fairlead.api.v1alpha1.KeyPoolSpec;
import dev.fairlead.api.v1alpha1.KeyPoolStatus;
import dev.fairlead.api.v1alpha1.KeyState;
import dev.fairlead.api.v1alpha1.Redis;
import dev.fairlead.operator.allot.PoolStanding;
import dev.fairlead.operator.compile.PoolKeys;
import dev.fairlead.operator.reconcile.Conditions.Verdict;
import dev.fairlead.operator.reconcile.Transitions.News;
import dev.fairlead.operator.rollout.AckSummary;
import dev.fairlead.operator.world.ConditionType;
import dev.fairlead.operator.world.ObjectRef;
import dev.fairlead.operator.world.Reason;
import dev.fairlead.sidecar.config.KeyConfig;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a KeyPool's status says: of its keys what was compiled, and how they fare by what sidecars report. That all rest is no
 * reason to call the pool less ready: it is as it is written.
 */
final class KeyPoolStatuses implements Statuses<KeyPool, KeyPoolStatus> {
    /** As {@link PoolStanding#exhaustsWithinMs} tells them. What is further away than all of them is not told. */
    private static final Map<Long, String> STEPS =
            Map.of(60_000L, "<1m", 600_000L, "<10m", 3_600_000L, "<1h", 86_400_000L, "<1d");

    /** How keys fare is to be seen within seconds. */
    private static final Duration PACE = Duration.ofSeconds(2);

    /** What is left goes up and down all the time; a sidecar tells it within a second, and five are promised. */
    private static final Duration CAPACITY_PACE = Duration.ofSeconds(4);

    private final Clock clock;
    private final Standings standings;

    KeyPoolStatuses(Clock clock, Standings standings) {
        this.clock = clock;
        this.standings = standings;
    }

    @Override
    public KeyPoolStatus of(Report<KeyPool> report, AckSummary acks, KeyPoolStatus before) {
        var earlier = conditionsOf(before);
        var basics = Basics.of(report, acks, earlier);
        var pool = ObjectRef.of(report.object());
        var standing = standings.of(pool);
        var keys = KeyOverview.of(compiled(report), standing, statesOf(before), clock.instant());
        var written = asWritten(report, keys);
        var ready = basics.ready(List.of(written), yes(Reason.READY, "The pool can be used."));
        var status = new KeyPoolStatus();
        status.setObservedGeneration(report.generation());
        var conditions = basics.into(new Conditions(clock, report.generation(), earlier), ready, basics.stalled())
                .set(ConditionType.KEYS_AVAILABLE, written.isTrue() ? asReported(keys, written) : written);
        status.setConditions(withRedis(conditions, report, standing).list());
        status.setKeys(callsWithoutKeys(report) ? null : keys.counts());
        status.setKeyStates(keys.shown());
        status.setNextReset(keys.nextReset());
        capacity(status, standing, before);
        status.setSidecars(Basics.column(acks));
        return status;
    }

    private static Conditions withRedis(Conditions conditions, Report<KeyPool> report, PoolStanding standing) {
        var redis = redisOf(report.object().getSpec());
        if (redis == null) {
            return conditions;
        }
        if (standing.pending()) {
            return conditions.keep(ConditionType.LIMITS_SHARED);
        }
        var server = "the Redis at " + redis.getAddress();
        return conditions.set(
                ConditionType.LIMITS_SHARED,
                standing.redisAway() == 0
                        ? yes(Reason.LIMITS_SHARED, "No sidecar reports that " + server + " is away.")
                        : no(
                                Reason.REDIS_UNREACHABLE,
                                standing.redisAway() + " of " + standing.sidecars() + " sidecars do not reach " + server
                                        + " and go on with their last shares."));
    }

    private static Redis redisOf(KeyPoolSpec spec) {
        return spec == null || spec.getCoordination() == null
                ? null
                : spec.getCoordination().getRedis();
    }

    private static void capacity(KeyPoolStatus status, PoolStanding standing, KeyPoolStatus before) {
        if (standing.pending() && before != null) {
            status.setHeadroomPercent(before.getHeadroomPercent());
            status.setExhaustsIn(before.getExhaustsIn());
            return;
        }
        if (standing.headroomPercent() >= 0) {
            status.setHeadroomPercent(standing.headroomShown(before == null ? null : before.getHeadroomPercent()));
        }
        status.setExhaustsIn(STEPS.get(standing.exhaustsWithinMs()));
    }

    /** At the end of a key its state is another one, also where no sidecar says so. */
    @Override
    public Optional<Duration> changesAfter(Report<KeyPool> report) {
        var ends = compiled(report).usable().stream()
                .map(KeyConfig::notAfterMs)
                .filter(Objects::nonNull)
                .map(Instant::ofEpochMilli);
        return Statuses.untilFirst(ends, clock.instant());
    }

    private static PoolKeys compiled(Report<KeyPool> report) {
        return report.rollout()
                .compilation()
                .keys()
                .getOrDefault(ObjectRef.of(report.object()).id(), new PoolKeys(List.of(), List.of()));
    }

    @Override
    public Duration pace(KeyPoolStatus before, KeyPoolStatus now) {
        boolean onlyCapacity = before != null
                && Objects.equals(before.getObservedGeneration(), now.getObservedGeneration())
                && before.getConditions().equals(now.getConditions())
                && Objects.equals(before.getKeys(), now.getKeys())
                && before.getKeyStates().equals(now.getKeyStates())
                && Objects.equals(before.getNextReset(), now.getNextReset())
                && Objects.equals(before.getSidecars(), now.getSidecars());
        return onlyCapacity ? CAPACITY_PACE : PACE;
    }

    @Override
    public List<Condition> conditionsOf(KeyPoolStatus status) {
        return status == null ? List.of() : status.getConditions();
    }

    @Override
    public List<News> news(KeyPoolStatus before, KeyPoolStatus now) {
        return KeyNews.between(statesOf(before), statesOf(now));
    }

    private static List<KeyState> statesOf(KeyPoolStatus status) {
        return status == null || status.getKeyStates() == null ? List.of() : status.getKeyStates();
    }

    private static Verdict asWritten(Report<KeyPool> report, KeyOverview keys) {
        var found = report.about(ConditionType.KEYS_AVAILABLE);
        if (!found.isEmpty()) {
            return no(found.get(0).reason(), Sentences.of(found));
        }
        int total = keys.states().size();
        return yes(
                Reason.KEYS_AVAILABLE,
                callsWithoutKeys(report)
                        ? "The provider is called without a key."
                        : keys.count(KeyOverview.AVAILABLE) + " of " + total + " keys can be called with.");
    }

    private static boolean callsWithoutKeys(Report<KeyPool> report) {
        var spec = report.object().getSpec();
        return spec == null || (spec.getKeys().isEmpty() && spec.getKeySelector() == null);
    }

    private static Verdict asReported(KeyOverview keys, Verdict otherwise) {
        int total = keys.states().size();
        if (total == 0 || keys.count(KeyOverview.AVAILABLE) > 0) {
            return otherwise;
        }
        int parked = keys.count(KeyOverview.PARKED);
        return parked > 0
                ? no(
                        Reason.KEYS_PARKED,
                        "None of " + total + " keys can be called with now; " + parked
                                + " of them can again when their limits are over.")
                : no(
                        Reason.KEYS_REFUSED,
                        "None of " + total + " keys can be called with, and none comes back at a known time: see "
                                + "status.keyStates.");
    }
}
