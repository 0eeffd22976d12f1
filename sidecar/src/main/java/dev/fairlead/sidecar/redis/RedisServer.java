package dev.fairlead.sidecar.redis;

import dev.fairlead.sidecar.config.CoordinationConfig.Mode;
import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.fleet.FleetPools;
import dev.fairlead.sidecar.fleet.PoolAnswer;
import dev.fairlead.sidecar.fleet.PoolReport;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All pools that one server is shared by: asks, one question after the other, and puts the answers into force. */
final class RedisServer {
    private static final Logger LOG = LoggerFactory.getLogger(RedisServer.class);
    /** So long calls go on waiting for a larger share from a server that does not answer: one late answer is no absence. */
    private static final long HOPE_MS = 3_000;

    private final Context context;
    private final FleetPools fleet;
    private final RedisLink link;
    private final String address;
    private final String process;
    private final SharedPools known;
    private final Map<String, SharedPool> pools = new HashMap<>();
    private final Pace pace = new Pace();
    private boolean asking;
    private boolean needed;
    private long timer = -1;
    private boolean away;
    private boolean closed;
    private volatile Set<String> names = Set.of();
    private volatile Last last = new Last(false, "it has not answered yet", nowMs());

    /** Whether it answered the last question, and since when that is so. */
    private record Last(boolean up, String because, long sinceMs) {}

    /** @param known of which it serves those that {@link #use} names */
    RedisServer(Context context, FleetPools fleet, RedisLink link, String address, String process, SharedPools known) {
        this.context = context;
        this.fleet = fleet;
        this.link = link;
        this.address = address;
        this.process = process;
        this.known = known;
    }

    /** These are its pools from now on. */
    void use(List<PoolConfig> configs) {
        pools.clear();
        configs.forEach(config -> pools.put(config.id(), known.get(config.id())));
        names = Set.copyOf(pools.keySet());
        need();
    }

    /** A call waits for a share. */
    void need() {
        needed = true;
        schedule();
    }

    private void schedule() {
        if (asking || closed) {
            return;
        }
        context.owner().cancelTimer(timer);
        long wait = pace.waitMs(needed, nowMs());
        timer = context.owner().setTimer(Math.max(1, wait), id -> ask());
    }

    private void ask() {
        if (asking || closed) {
            return;
        }
        asking = true;
        needed = false;
        pace.asked(nowMs());
        round(reports -> send(reports, known.nextNumber(), false)).onComplete(outcome -> {
            asking = false;
            schedule();
        });
    }

    private Future<Void> round(Function<List<PoolReport>, Future<Void>> send) {
        return link.ready()
                .compose(ready -> Future.fromCompletionStage(fleet.report(Mode.REDIS), context))
                .compose(send)
                .onSuccess(done -> back())
                .onFailure(this::lost);
    }

    private Future<Void> send(List<PoolReport> reports, long number, boolean ends) {
        reports.forEach(known::made);
        if (closed && !ends) {
            return Future.succeededFuture();
        }
        var questions = new ArrayList<Question>();
        var requests = new ArrayList<Request>();
        for (var report : reports) {
            var pool = pools.get(report.pool());
            if (pool != null) {
                var question = new Question(report, pool);
                questions.add(question);
                requests.add(question.write(link.call(question.keys()), process, known.workload(), number, ends));
            }
        }
        return requests.isEmpty()
                ? Future.succeededFuture()
                : link.send(requests).map(answers -> use(questions, answers, number));
    }

    private Void use(List<Question> questions, List<Response> answers, long number) {
        if (closed) {
            // Whoever goes on with these pools may have had a later answer.
            return null;
        }
        var inForce = new ArrayList<PoolAnswer>();
        boolean inVain = false;
        for (int i = 0; i < questions.size(); i++) {
            var question = questions.get(i);
            var pool = pools.get(question.pool());
            if (pool != null) {
                var answer = question.read(answers.get(i));
                inForce.add(answer);
                inVain |= question.wantedInVain(answer);
                pool.answered(answer, number);
                pool.said(question.pinCount());
                pool.pinsSeen(Question.pinsSeen(answers.get(i)));
            }
        }
        if (inVain) {
            pace.helpedNot();
        } else {
            pace.helped();
        }
        fleet.apply(inForce);
        return null;
    }

    /** How it stands; on every thread. */
    RedisStanding standing() {
        var now = last;
        return new RedisStanding(address, now.up, now.because, nowMs() - now.sinceMs, names);
    }

    private void back() {
        if (!last.up) {
            last = new Last(true, null, nowMs());
        }
        if (away) {
            away = false;
            LOG.atInfo().addKeyValue("address", address).log("redis came back");
        }
    }

    private void lost(Throwable why) {
        pace.helpedNot();
        var reason = LossReason.of(why);
        last = new Last(false, reason, last.up ? nowMs() : last.sinceMs);
        if (!closed && nowMs() - last.sinceMs >= HOPE_MS) {
            fleet.alone(names);
        }
        if (!away && !closed) {
            away = true;
            LOG.atWarn()
                    .addKeyValue("address", address)
                    .addKeyValue("reason", reason)
                    .addKeyValue("pools", pools.size())
                    .log("redis was lost; the last shares hold");
        }
    }

    /**
     * Gives back what is not used, if the server is there, and ends.
     *
     * @param goOn pools that this process goes on to share at the same address: what they hold stays theirs
     */
    Future<Void> close(Set<String> goOn) {
        closed = true;
        context.owner().cancelTimer(timer);
        pools.keySet().removeAll(goOn);
        // Numbered now: of a pool that comes back meanwhile this is old news, whenever it arrives.
        long number = known.nextNumber();
        return (away || pools.isEmpty()
                        ? Future.<Void>succeededFuture()
                        : round(reports -> send(reports, number, true)))
                .otherwiseEmpty()
                .onComplete(done -> link.close());
    }

    private static long nowMs() {
        return System.nanoTime() / 1_000_000;
    }
}
