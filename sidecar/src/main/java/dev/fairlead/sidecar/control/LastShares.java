package dev.fairlead.sidecar.control;

import dev.fairlead.sidecar.exchange.Loop;
import dev.fairlead.sidecar.fleet.FleetAnswer;
import dev.fairlead.sidecar.fleet.FleetPools;
import dev.fairlead.sidecar.fleet.PoolAnswer;
import dev.fairlead.sidecar.fleet.PoolReport;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What holds while nobody answers: the shares that were given last, also for the process that follows in the same container. On
 * the loop.
 */
final class LastShares {
    /** So long calls go on waiting for a larger share from an operator that does not answer: a leader may have to be found. */
    static final long HOPE_MS = 30_000;
    /** How often they are written down at most. */
    static final long KEEP_MS = 5_000;
    /** A little more than any window but that of a day. */
    static final long WINDOW_MS = 61_000;

    private static final Logger LOG = LoggerFactory.getLogger(LastShares.class);

    private final Loop loop;
    private final Executor worker;
    private final FleetPools pools;
    private final LastKnownGood store;
    private boolean everAnswered;
    private long answeredMs;
    private long keptMs;
    /** Pools that the operator divides the limits of. */
    private Set<String> leased = Set.of();

    /** @param worker runs what blocks */
    LastShares(Loop loop, Executor worker, FleetPools pools, LastKnownGood store) {
        this.loop = loop;
        this.worker = worker;
        this.pools = pools;
        this.store = store;
        this.keptMs = loop.nowMs() - KEEP_MS;
    }

    /** Puts the shares of the process before into force. Blocks; before anything else, and not on the loop. */
    void restore() {
        var bytes = store.shares();
        if (bytes == null) {
            return;
        }
        try {
            var kept = KeptShares.read(bytes);
            var left = kept.left();
            pools.apply(left);
            var ids = left.stream().map(PoolAnswer::pool).collect(Collectors.toSet());
            loop.execute(() -> {
                unlessAnswered(HOPE_MS, () -> pools.alone(ids));
                unlessAnswered(WINDOW_MS, () -> {
                    pools.apply(kept.afterAMinute());
                    pools.alone(ids);
                });
            });
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("reason", e.getClass().getSimpleName()).log("damaged shares ignored");
        }
    }

    private void unlessAnswered(long afterMs, Runnable then) {
        loop.after(afterMs, () -> {
            if (!everAnswered) {
                then.run();
            }
        });
    }

    /** Somebody answered a report. */
    void answered(List<PoolReport> reports, FleetAnswer answer, long nowMs) {
        everAnswered = true;
        answeredMs = nowMs;
        leased = reports.stream()
                .filter(report -> !report.meters().isEmpty())
                .map(PoolReport::pool)
                .collect(Collectors.toSet());
        if (nowMs - keptMs < KEEP_MS) {
            return;
        }
        var kept = KeptShares.of(reports, answer);
        if (!kept.shares().isEmpty()) {
            keptMs = nowMs;
            worker.execute(() -> store.keepShares(kept.written()));
        }
    }

    /** There is nobody to ask, or he does not answer: after a while nobody hopes for more than there is. */
    void unanswered(long nowMs) {
        if (everAnswered && nowMs - answeredMs >= HOPE_MS) {
            pools.alone(leased);
        }
    }
}
