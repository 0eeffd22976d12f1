package dev.fairlead.operator.allot;

import dev.fairlead.sidecar.fleet.FleetAnswer;
import dev.fairlead.sidecar.fleet.FleetReport;
import dev.fairlead.sidecar.fleet.PoolAnswer;
import dev.fairlead.sidecar.fleet.PoolReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/**
 * The leader's books of the whole fleet. Times are milliseconds of one steady clock. Safe on every thread; nothing here takes
 * longer than to count.
 */
public final class FleetBook {
    /**
     * How long a new leader gives nothing beyond what sidecars say they have, unless all have said it before. Then it goes on
     * keeping back what nobody has said to hold, while there is a pod that has been silent and may hold it.
     */
    public static final long TERM_MS = 15_000;

    /** When a sidecar reports again: one that carries calls, or of whose share others want some. */
    static final long BUSY_MS = 1_000;
    /** When one reports again with which nothing happens. */
    static final long IDLE_MS = 5_000;

    private static final long LOOK_MS = 200;

    private final Supplier<Set<String>> existing;
    private final BiPredicate<String, String> mayHold;
    /** Who was there before this leader, and has not said yet what it holds. */
    private final Set<String> silent = new HashSet<>();

    private final Map<String, Boolean> silence = new HashMap<>();
    private final Map<String, PoolBook> pools = new HashMap<>();
    private final Map<String, Run> runs = new HashMap<>();
    private boolean leads;
    private boolean mayGive;
    private long since;
    private long lookedAt;

    /** A run of the process in a pod, how far its reports have come, and the pools of which the last one spoke. */
    private record Run(String process, long number, Set<String> pools) {}

    /**
     * Both answer from memory.
     *
     * @param existing the uids of all pods with a sidecar that there are
     * @param mayHold whether a pod that is silent may have been given something of a pool's limits, by uid and id
     */
    public FleetBook(Supplier<Set<String>> existing, BiPredicate<String, String> mayHold) {
        this.existing = existing;
        this.mayHold = mayHold;
    }

    /** This replica leads from now on: it knows nothing of what another leader has given. */
    public synchronized void lead(long nowMs) {
        forget();
        leads = true;
        silent.addAll(existing.get());
        since = nowMs;
        lookedAt = nowMs - LOOK_MS;
    }

    /** This replica no longer leads. */
    public synchronized void stop() {
        forget();
        leads = false;
    }

    private void forget() {
        pools.clear();
        runs.clear();
        silent.clear();
        silence.clear();
        mayGive = false;
    }

    /** Whether reports can be answered here. */
    public synchronized boolean leads() {
        return leads;
    }

    /**
     * Takes a report, and says what its sidecar may use from now on; empty when this replica does not lead, or when a later
     * report of the same process has come before.
     *
     * @param known the pools in the sidecar's own configuration, by id: nothing else is looked at
     */
    public synchronized Optional<FleetAnswer> answer(
            Sidecar from, Map<String, SharedPool> known, FleetReport report, long nowMs) {
        if (!leads || !takes(from, report, nowMs)) {
            return Optional.empty();
        }
        look(nowMs);
        var answers = new ArrayList<PoolAnswer>();
        var seen = new HashSet<String>();
        boolean busy = false;
        for (var ofPool : report.pools()) {
            var pool = ofPool == null ? null : known.get(ofPool.pool());
            if (pool != null && seen.add(pool.id())) {
                var book = pools.computeIfAbsent(pool.id(), unseen -> new PoolBook(pool));
                book.use(pool);
                var answer = book.answer(from, ofPool, stage(pool.id()), nowMs);
                if (answer != null) {
                    answers.add(answer);
                }
                busy |= carriesCalls(ofPool) || (pool.leased() && (!mayGive || book.wanted()));
            }
        }
        return Optional.of(new FleetAnswer(answers, busy ? BUSY_MS : IDLE_MS));
    }

    private MeterBook.Stage stage(String pool) {
        if (!mayGive) {
            return MeterBook.Stage.HEARS;
        }
        boolean waits = !silent.isEmpty()
                && silence.computeIfAbsent(pool, unseen -> silent.stream().anyMatch(pod -> mayHold.test(pod, pool)));
        return waits ? MeterBook.Stage.KEEPS_BACK : MeterBook.Stage.GIVES;
    }

    private boolean takes(Sidecar from, FleetReport report, long nowMs) {
        var before = runs.get(from.pod());
        if (before != null && before.process().equals(report.process())) {
            if (report.number() <= before.number()) {
                return false;
            }
        } else if (before != null) {
            for (var ofPool : report.pools()) {
                var book = ofPool == null ? null : pools.get(ofPool.pool());
                if (book != null) {
                    book.restarted(from.pod(), ofPool, nowMs);
                }
            }
        }
        if (silent.remove(from.pod())) {
            silence.clear();
        }
        var spoken = spokenOf(report);
        if (before != null) {
            for (var id : before.pools()) {
                var book = spoken.contains(id) ? null : pools.get(id);
                if (book != null) {
                    book.gone(from.pod(), nowMs);
                }
            }
        }
        runs.put(from.pod(), new Run(report.process(), report.number(), spoken));
        return true;
    }

    private Set<String> spokenOf(FleetReport report) {
        var spoken = new HashSet<String>();
        for (var ofPool : report.pools()) {
            if (ofPool != null && pools.containsKey(ofPool.pool())) {
                spoken.add(ofPool.pool());
            }
        }
        return spoken;
    }

    private static boolean carriesCalls(PoolReport report) {
        return report.waiting() > 0
                || !report.rests().isEmpty()
                || report.usedElsewhere() > 0
                || report.meters().stream()
                        .anyMatch(reading -> reading != null && (reading.used() > 0 || reading.wanted() > 0));
    }

    private void look(long nowMs) {
        if (mayGive || nowMs - lookedAt < LOOK_MS) {
            return;
        }
        lookedAt = nowMs;
        mayGive = nowMs - since >= TERM_MS || runs.keySet().containsAll(existing.get());
    }

    /**
     * Now and then: takes what pods had that exist no longer.
     *
     * @param ids all pools that can be called through; of others is kept what somebody holds
     */
    public synchronized void sweep(Set<String> ids, long nowMs) {
        silence.clear();
        var there = runs.isEmpty() && silent.isEmpty() ? Set.<String>of() : existing.get();
        if (silent.removeIf(pod -> !there.contains(pod))) {
            pools.values().forEach(book -> book.silentGone(nowMs));
        }
        runs.keySet().removeIf(pod -> {
            boolean gone = !there.contains(pod);
            if (gone) {
                pools.values().forEach(book -> book.gone(pod, nowMs));
            }
            return gone;
        });
        pools.entrySet().removeIf(each -> {
            if (!ids.contains(each.getKey())) {
                each.getValue().suspend();
            }
            return each.getValue().close(mayGive && silent.isEmpty(), nowMs);
        });
    }

    /** How a pool stands, by its {@code namespace/name}. */
    public synchronized PoolStanding standing(String pool, long nowMs) {
        var book = pools.get(pool);
        var standing = book == null ? PoolStanding.UNKNOWN : book.standing(nowMs);
        boolean tooEarly = !leads || nowMs - since < TERM_MS;
        return standing.sidecars() == 0 && tooEarly ? PoolStanding.PENDING : standing;
    }

    /** Which models of a pool are gone, as in {@link PoolStanding#gone}; empty as long as what was known before still counts. */
    public synchronized Optional<List<String>> gone(String pool, long nowMs) {
        var book = pools.get(pool);
        var gone = book == null ? Optional.<List<String>>empty() : book.gone(nowMs);
        boolean tooEarly = !leads || nowMs - since < TERM_MS;
        return gone.isPresent() || tooEarly ? gone : Optional.of(List.of());
    }

    /** What all together hold of a limit; -1 for an unknown one. */
    synchronized long held(String pool, String meter) {
        var book = pools.get(pool);
        var limit = book == null ? null : book.meters().get(meter);
        return limit == null ? -1 : limit.held();
    }
}
