package dev.fairlead.sidecar.control;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairlead.sidecar.config.CoordinationConfig;
import dev.fairlead.sidecar.exchange.Loop;
import dev.fairlead.sidecar.fleet.FleetAnswer;
import dev.fairlead.sidecar.fleet.FleetPools;
import dev.fairlead.sidecar.fleet.PoolReport;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator how the pools stand, and has its answers put into force. One report at a time: when asked for, when
 * something else than numbers has changed, when calls wait or are made, and at once when a call lacks a share. Nobody answers:
 * what was given last holds. On the loop.
 */
final class FleetClient implements Reporting {
    static final long LOOK_MS = 1_000;
    static final long BETWEEN_MS = 100;
    static final long ANSWER_MS = 3_000;
    /** An operator of an earlier version does not know what reports are. */
    static final long UNKNOWN_MS = 60_000;

    private static final Logger LOG = LoggerFactory.getLogger(FleetClient.class);
    private static final long LONGEST_MS = 60_000;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int TOO_LONG = 413;

    private final ObjectMapper json = new ObjectMapper();
    private final String process = UUID.randomUUID().toString();
    private final Loop loop;
    private final FleetPools pools;
    private final LastShares shares;
    private final UnsentPins pins = new UnsentPins();
    private final ReportBody body = new ReportBody();
    private Way way;
    private boolean started;
    private boolean looking;
    private boolean lookIsDue;
    private boolean asking;
    private boolean needed;
    private long attempt;
    private long number;
    private long sentMs;
    private long dueMs;
    private int lastStatus = OK;
    private Set<Object> told = Set.of();
    private long usedThen;

    FleetClient(Loop loop, FleetPools pools) {
        this.loop = loop;
        this.pools = pools;
        this.shares = new LastShares(pools);
        this.sentMs = loop.nowMs() - LOOK_MS;
        pools.onNeed(() -> loop.execute(this::need));
    }

    /** The configuration and the shares of the process before are in force. On every thread. */
    void restored() {
        loop.execute(() -> loop.after(LastShares.HOPE_MS, () -> {
            if (!shares.everAnswered()) {
                pools.report(CoordinationConfig.Mode.LEASED)
                        .thenAccept(reports -> loop.execute(() -> {
                            pins.add(reports);
                            shares.neverAnswered(reports);
                        }));
            }
        }));
    }

    @Override
    public void opened(Way newWay) {
        way = newWay;
        body.begin();
        asking = false;
        attempt++;
        need();
        if (!started) {
            started = true;
            loop.after(LOOK_MS, this::again);
        }
    }

    @Override
    public void configured() {
        need();
    }

    @Override
    public void closed(Way old) {
        if (way == old) {
            way = null;
            asking = false;
            attempt++;
        }
    }

    private void again() {
        if (way == null || lastStatus != OK) {
            shares.unanswered(loop.nowMs());
        }
        look();
        loop.after(LOOK_MS, this::again);
    }

    private void need() {
        needed = true;
        long waitMs = sentMs + BETWEEN_MS - loop.nowMs();
        if (waitMs <= 0) {
            look();
        } else if (!lookIsDue) {
            lookIsDue = true;
            loop.after(waitMs, () -> {
                lookIsDue = false;
                look();
            });
        }
    }

    private void look() {
        if (way == null || asking || looking) {
            return;
        }
        looking = true;
        pools.report(CoordinationConfig.Mode.LEASED)
                .whenComplete((reports, failed) -> loop.execute(() -> looked(reports, failed)));
    }

    private void looked(List<PoolReport> reports, Throwable failed) {
        looking = false;
        if (failed != null) {
            LOG.atError().setCause(failed).log("pools could not be looked at");
            return;
        }
        pins.add(reports);
        long nowMs = loop.nowMs();
        if (way == null || asking || nowMs - sentMs < BETWEEN_MS) {
            return;
        }
        var states = states(reports);
        long used = used(reports);
        boolean busy = used != usedThen || reports.stream().anyMatch(report -> report.waiting() > 0);
        boolean news = needed || busy || !pins.isEmpty() || !states.equals(told);
        if (nowMs >= dueMs || (news && lastStatus == OK)) {
            usedThen = used;
            send(pins.into(reports), states, nowMs);
        }
    }

    /** What is told at the next look when it changes; of headroom only what is shown. */
    private static Set<Object> states(List<PoolReport> reports) {
        var states = new HashSet<Object>();
        for (var report : reports) {
            states.add(List.of(report.pool(), PoolReport.headroomStep(report.headroomPercent())));
            report.taken().keySet().forEach(key -> states.add(List.of(report.pool(), "taken", key)));
            report.gone().forEach(model -> states.add(List.of(report.pool(), "gone", model)));
            if (report.redisUp() != null) {
                states.add(List.of(report.pool(), report.redisUp()));
            }
            report.keys()
                    .forEach(key -> states.add(List.of(report.pool(), key.name(), key.fingerprint(), key.state())));
            report.rests()
                    .forEach(rest -> states.add(List.of(
                            report.pool(), rest.group(), String.valueOf(rest.key()), String.valueOf(rest.model()))));
        }
        return states;
    }

    private static long used(List<PoolReport> reports) {
        long used = 0;
        for (var report : reports) {
            for (var reading : report.meters()) {
                used += reading.used();
            }
            used += report.usedElsewhere();
        }
        return used;
    }

    private void send(List<PoolReport> reports, Set<Object> states, long nowMs) {
        asking = true;
        needed = false;
        sentMs = nowMs;
        dueMs = nowMs + LONGEST_MS;
        long mine = ++attempt;
        var asked = way;
        loop.after(ANSWER_MS, () -> {
            if (asking && mine == attempt) {
                answered(mine, reports, states, 0, new byte[0]);
            }
        });
        asked.post(
                body.write(asked.stream(), process, ++number, reports),
                (status, answer) -> answered(mine, reports, states, status, answer));
    }

    private void answered(long mine, List<PoolReport> reports, Set<Object> states, int status, byte[] answered) {
        if (!asking || mine != attempt) {
            return; // Given up: what it says may be long over.
        }
        asking = false;
        attempt++;
        boolean first = status != lastStatus;
        lastStatus = status;
        long nowMs = loop.nowMs();
        if (status == OK) {
            try {
                var answer = json.readValue(answered, FleetAnswer.class);
                told = states;
                pins.answered(reports);
                pools.apply(answer.pools());
                shares.answered(reports, nowMs);
                dueMs = nowMs + Math.max(BETWEEN_MS, Math.min(LONGEST_MS, answer.nextInMs()));
            } catch (IOException e) {
                LOG.atWarn().addKeyValue("reason", e.getClass().getSimpleName()).log("answer cannot be read");
                dueMs = nowMs + LOOK_MS;
            }
        } else {
            (first ? LOG.atWarn() : LOG.atDebug())
                    .addKeyValue("status", status)
                    .log("report was not answered, the last shares hold");
            dueMs = nowMs + (status == NOT_FOUND ? UNKNOWN_MS : LOOK_MS);
        }
        if (status == TOO_LONG && body.tooLong()) {
            dueMs = nowMs;
            need();
        } else if (needed && status == OK) {
            need();
        }
    }
}
