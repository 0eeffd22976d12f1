package dev.fairlead.sidecar.redis;

import dev.fairlead.sidecar.config.WorkloadConfig;
import dev.fairlead.sidecar.fleet.MeterReading;
import dev.fairlead.sidecar.fleet.MeterShare;
import dev.fairlead.sidecar.fleet.Pin;
import dev.fairlead.sidecar.fleet.PoolAnswer;
import dev.fairlead.sidecar.fleet.PoolReport;
import dev.fairlead.sidecar.fleet.Rest;
import dev.fairlead.sidecar.pool.quota.SharedLimit;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One report of one pool, in the words of {@code divide.lua}, and its answer in ours. */
final class Question {
    private static final String BETWEEN = "\u001f";

    private final String pool;
    private final List<MeterReading> meters = new ArrayList<>();
    private final SharedPool known;
    private final Map<String, SharedLimit> limits;
    private final PoolReport report;
    private final List<Pin> pins;

    /**
     * @param known the pool's limits, as its configuration has them: readings of others are left out; and how far the server is
     *     known to have come
     */
    Question(PoolReport report, SharedPool known) {
        this.pool = report.pool();
        this.known = known;
        this.limits = known.limits();
        this.report = report;
        this.pins = List.copyOf(known.unsaid());
        for (var meter : report.meters()) {
            if (limits.containsKey(meter.meter())) {
                meters.add(meter);
            }
        }
    }

    String pool() {
        return pool;
    }

    int pinCount() {
        return pins.size();
    }

    /** All in one slot of a server that is a cluster. */
    List<String> keys() {
        var prefix = "fairlead:{" + pool + "}:";
        var keys = new ArrayList<String>(3 + meters.size());
        keys.add(prefix + "pool");
        keys.add(prefix + "rests");
        keys.add(prefix + "pins");
        meters.forEach(meter -> keys.add(prefix + "limit:" + meter.meter()));
        return keys;
    }

    /** @param from whose tenant's weight counts */
    Request write(Request request, String process, WorkloadConfig from, long number, boolean ends) {
        request.arg(process).arg(number).arg(ends ? 1 : 0).arg(known.pinsSeen());
        request.arg(from.tenant()).arg(from.tenantWeight()).arg(meters.size());
        for (var meter : meters) {
            var limit = limits.get(meter.meter());
            request.arg(limit.limit()).arg(limit.windowMs());
            request.arg(meter.share()).arg(meter.used()).arg(meter.wanted()).arg(meter.oneCall());
            request.arg(meter.since());
            request.arg(known.answered(meter.meter()));
        }
        request.arg(report.rests().size());
        for (var rest : report.rests()) {
            request.arg(name(rest)).arg(rest.forMs()).arg(rest.cause());
        }
        request.arg(pins.size());
        for (var pin : pins) {
            request.arg(pin.resource()).arg(pin.group());
        }
        return request;
    }

    PoolAnswer read(Response answer) {
        var shares = new ArrayList<MeterShare>();
        for (int i = 0; i < meters.size(); i++) {
            long share = answer.get(0).get(i).toLong();
            if (share >= 0) {
                shares.add(new MeterShare(meters.get(i).meter(), share));
            }
        }
        var rests = new ArrayList<Rest>();
        var told = answer.get(1);
        for (int i = 0; i + 2 < told.size(); i += 3) {
            var rest = rest(
                    told.get(i).toString(),
                    told.get(i + 1).toLong(),
                    told.get(i + 2).toString());
            if (rest != null) {
                rests.add(rest);
            }
        }
        var found = new ArrayList<Pin>();
        var log = answer.get(2);
        for (int i = 1; i + 1 < log.size(); i += 2) {
            found.add(new Pin(log.get(i).toString(), log.get(i + 1).toString()));
        }
        return new PoolAnswer(pool, shares, rests, found);
    }

    /** How far the log of pins has been read with this answer. */
    static long pinsSeen(Response answer) {
        return answer.get(2).get(0).toLong();
    }

    /** Whether a call has waited for a share, and the answer gives no more of anything that was wanted. */
    boolean wantedInVain(PoolAnswer answer) {
        boolean wanted = false;
        for (var meter : meters) {
            wanted |= meter.wanted() > 0;
            for (var share : answer.shares()) {
                if (meter.wanted() > 0 && share.meter().equals(meter.meter()) && share.share() > meter.share()) {
                    return false;
                }
            }
        }
        return wanted;
    }

    private static String name(Rest rest) {
        return rest.group()
                + BETWEEN
                + (rest.key() == null ? "" : rest.key())
                + BETWEEN
                + (rest.model() == null ? "" : rest.model());
    }

    private static Rest rest(String name, long forMs, String cause) {
        var parts = name.split(BETWEEN, 3);
        return parts.length < 3
                ? null
                : new Rest(
                        parts[0],
                        parts[1].isEmpty() ? null : parts[1],
                        parts[2].isEmpty() ? null : parts[2],
                        forMs,
                        cause);
    }
}
