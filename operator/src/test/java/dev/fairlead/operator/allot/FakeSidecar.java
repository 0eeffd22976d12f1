package dev.fairlead.operator.allot;

import dev.fairlead.sidecar.fleet.FleetAnswer;
import dev.fairlead.sidecar.fleet.FleetReport;
import dev.fairlead.sidecar.fleet.MeterReading;
import dev.fairlead.sidecar.fleet.PoolReport;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A sidecar that obeys: it uses no more than its share within a window, and keeps the share when nobody answers. */
final class FakeSidecar {
    final Sidecar name;
    final Deque<Long> calls = new ArrayDeque<>();
    private final long windowMs;
    private final String meter;
    private final long limit;
    private int run;
    private long number;
    private long since;
    long share;
    /** Calls. */
    long backlog;
    /** Of one call, in what the limit counts. */
    long size = 1;

    private long asked = -1;

    FakeSidecar(Sidecar name, String meter, long limit, long windowMs) {
        this.name = name;
        this.meter = meter;
        this.limit = limit;
        this.windowMs = windowMs;
    }

    long used(long nowMs) {
        while (!calls.isEmpty() && calls.peekFirst() <= nowMs - windowMs) {
            calls.removeFirst();
        }
        return calls.size() * size;
    }

    /** Begins as many of the calls that wait as the share allows; how many. */
    int call(long nowMs) {
        int begun = 0;
        while (backlog > 0 && used(nowMs) + size <= share) {
            calls.addLast(nowMs);
            backlog--;
            begun++;
        }
        return begun;
    }

    FleetReport report(long nowMs) {
        asked = ++number;
        return new FleetReport("stream", "run-" + run, number, List.of(pool(nowMs)));
    }

    private PoolReport pool(long nowMs) {
        var reading = new MeterReading(meter, limit, share, used(nowMs), backlog * size, since, size);
        return new PoolReport(
                "ns/pool", List.of(reading), List.of(), List.of(), List.of(), false, (int) backlog, -1, -1);
    }

    /** An answer to a report that has been given up by then is not looked at. */
    void answered(FleetReport to, FleetAnswer answer) {
        if (to.number() == asked && to.process().equals("run-" + run)) {
            for (var pool : answer.pools()) {
                pool.shares().forEach(given -> share = given.share());
            }
        }
    }

    /** As when its limit was taken away and came back: it knows of no call that it made. */
    void forget(long nowMs) {
        share = 0;
        calls.clear();
        since = nowMs;
        asked = -1;
    }

    /** The process ends; the next one has what was kept: what was not yet used of its share. */
    void restart(long nowMs) {
        share = Math.max(0, share - used(nowMs));
        calls.clear();
        run++;
        since = nowMs;
        number = 0;
        asked = -1;
    }
}
