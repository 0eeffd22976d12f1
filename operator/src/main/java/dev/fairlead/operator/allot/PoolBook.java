package dev.fairlead.operator.allot;

import dev.fairlead.sidecar.fleet.MeterReading;
import dev.fairlead.sidecar.fleet.MeterShare;
import dev.fairlead.sidecar.fleet.PoolAnswer;
import dev.fairlead.sidecar.fleet.PoolReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The books of one pool: its limits, what rests, where resources are, and what each sidecar has said. */
final class PoolBook {
    /** A sidecar that has been silent for so long says nothing of how the pool stands. */
    private static final long SAID_HOLDS_MS = 20_000;

    private final Map<String, MeterBook> meters = new HashMap<>();
    private final Map<String, Said> said = new HashMap<>();
    private final RestBook rests = new RestBook();
    private final PinBook pins = new PinBook();
    private final KeyProofs proofs = new KeyProofs();
    private SharedPool pool;
    private boolean inForce;
    private long news;

    PoolBook(SharedPool pool) {
        use(pool);
    }

    /** So it is configured now. Of limits that it no longer has, what is held stays held. */
    void use(SharedPool now) {
        if (inForce && now.equals(pool)) {
            return;
        }
        inForce = true;
        pool = now;
        proofs.use(pool);
        pool.limits().forEach((name, limit) -> {
            var book = meters.get(name);
            if (book == null) {
                meters.put(name, new MeterBook(limit));
            } else {
                book.use(limit);
            }
        });
    }

    /** Nobody can call through the pool at present. What is held of its limits stays held: it may be back in a moment. */
    void suspend() {
        inForce = false;
        said.clear();
    }

    /**
     * Closes the books of limits that are not in force and of which nobody holds anything.
     *
     * @param heard whether no pod is silent that may hold something
     * @return whether the pool is not in force, and nothing is left of it
     */
    boolean close(boolean heard, long nowMs) {
        meters.entrySet()
                .removeIf(each -> !isInForce(each.getKey()) && each.getValue().isFree(heard, nowMs));
        return !inForce && meters.isEmpty();
    }

    private boolean isInForce(String meter) {
        return inForce && pool.limits().containsKey(meter);
    }

    PoolAnswer answer(Sidecar from, PoolReport report, MeterBook.Stage stage, long nowMs) {
        var mine = said.computeIfAbsent(from.pod(), unseen -> new Said());
        mine.read(report, pool.longestRestMs(), nowMs);
        proofs.read(report, nowMs);
        long number = news + 1;
        for (var rest : report.rests()) {
            if (rest != null && rests.tell(rest, from.pod(), pool, number, nowMs)) {
                news = number;
            }
        }
        if (!pool.leased()) {
            hear(from, report, nowMs);
            return null;
        }
        var shares = shares(from, report, stage, nowMs);
        for (var pin : report.pins()) {
            if (pin != null) {
                pins.tell(pin, from.pod(), pool, number);
                news = number;
            }
        }
        long since = mine.tellSince(news);
        var others = rests.since(since, from.pod(), nowMs);
        var elsewhere = pins.since(since, from.pod());
        return shares.isEmpty() && others.isEmpty() && elsewhere.isEmpty()
                ? null
                : new PoolAnswer(pool.id(), shares, others, elsewhere);
    }

    /** Somebody else divides its limits: of what it has used the sum is of interest. */
    private void hear(Sidecar from, PoolReport report, long nowMs) {
        if (report.elsewhere() != null) {
            pool.limits().forEach((name, limit) -> {
                long used = report.elsewhere().getOrDefault(name, 0L);
                meters.get(name).hear(from, new MeterReading(name, limit.limit(), 0, used, 0), nowMs);
            });
        }
    }

    private List<MeterShare> shares(Sidecar from, PoolReport report, MeterBook.Stage stage, long nowMs) {
        var shares = new ArrayList<MeterShare>();
        var mentioned = new HashSet<String>();
        for (var reading : report.meters()) {
            var book = reading == null ? null : meters.get(reading.meter());
            if (book != null && mentioned.add(reading.meter()) && isInForce(reading.meter())) {
                shares.add(new MeterShare(reading.meter(), book.grant(from, reading, stage, nowMs)));
            }
        }
        if (mentioned.size() < meters.size()) {
            // It has not heard of that limit yet, or has it no longer.
            meters.forEach((name, book) -> {
                if (!mentioned.contains(name)) {
                    book.gone(from.pod(), nowMs);
                }
            });
        }
        return shares;
    }

    /** Whether somebody wants more of a limit than it has. */
    boolean wanted() {
        for (var name : pool.limits().keySet()) {
            if (meters.get(name).wanted()) {
                return true;
            }
        }
        return false;
    }

    void restarted(String pod, PoolReport report, long nowMs) {
        said.remove(pod);
        rests.restarted(pod);
        pins.restarted(pod);
        for (var reading : report.meters()) {
            var book = reading == null ? null : meters.get(reading.meter());
            if (book != null) {
                book.restarted(pod, reading, nowMs);
            }
        }
    }

    void gone(String pod, long nowMs) {
        said.remove(pod);
        meters.values().forEach(book -> book.gone(pod, nowMs));
    }

    void silentGone(long nowMs) {
        meters.values().forEach(book -> book.silentGone(nowMs));
    }

    PoolStanding standing(long nowMs) {
        var recent = recent(nowMs);
        if (recent.isEmpty()) {
            return PoolStanding.UNKNOWN;
        }
        int waiting = recent.stream().mapToInt(Said::waiting).sum();
        var unavailable = Merged.keys(recent, rests.active(nowMs), pool.leased(), proofs, nowMs);
        boolean summed = pool.leased() || recent.stream().allMatch(Said::tellsUse);
        var capacity = pool.limits().isEmpty() || !summed
                ? Capacity.ofSidecars(recent)
                : Capacity.ofLimits(metersInForce(), Accounts.of(pool, unavailable));
        return new PoolStanding(
                recent.size(),
                unavailable,
                waiting,
                capacity.headroomPercent(),
                capacity.exhaustsInMs(),
                (int) recent.stream().filter(Said::redisAway).count(),
                gone(recent),
                proofs.all());
    }

    /** Which of its models are gone by what is known; empty where nobody says anything. */
    Optional<List<String>> gone(long nowMs) {
        var recent = recent(nowMs);
        return recent.isEmpty() ? Optional.empty() : Optional.of(gone(recent));
    }

    private List<Said> recent(long nowMs) {
        return said.values().stream()
                .filter(one -> one.ageMs(nowMs) <= SAID_HOLDS_MS)
                .toList();
    }

    private static List<String> gone(List<Said> recent) {
        return recent.stream()
                .flatMap(one -> one.gone().stream())
                .distinct()
                .sorted()
                .toList();
    }

    private Map<String, MeterBook> metersInForce() {
        var all = new HashMap<>(meters);
        all.keySet().retainAll(pool.limits().keySet());
        return all;
    }

    /** By the meter's name; those included that are not in force, and of which somebody holds something. */
    Map<String, MeterBook> meters() {
        return meters;
    }
}
