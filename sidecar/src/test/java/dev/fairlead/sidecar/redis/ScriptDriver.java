package dev.fairlead.sidecar.redis;

import dev.fairlead.sidecar.config.CoordinationConfig;
import dev.fairlead.sidecar.config.KeyConfig;
import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.config.QuotaGroupConfig;
import dev.fairlead.sidecar.config.QuotaLimits;
import dev.fairlead.sidecar.config.WorkloadConfig;
import dev.fairlead.sidecar.fleet.MeterReading;
import dev.fairlead.sidecar.fleet.Pin;
import dev.fairlead.sidecar.fleet.PoolAnswer;
import dev.fairlead.sidecar.fleet.PoolReport;
import dev.fairlead.sidecar.fleet.Rest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Processes that report to {@code divide.lua} in a real server, under a time that the test moves. */
final class ScriptDriver implements AutoCloseable {
    static final long WINDOW = 60_000;

    final Vertx vertx = Vertx.vertx();
    final PoolConfig pool;
    final long limit;
    final String meter;
    /** When calls were made, by anybody, in the order of time. */
    final Deque<Long> calls = new ArrayDeque<>();
    /** Of one call, in what the limit counts. */
    int size = 1;

    private final RedisLink link;
    private long clock = 1_000_000_000L;
    private int named;

    ScriptDriver(RealRedis redis, QuotaLimits limits, String meterField, long limit) {
        this.limit = limit;
        pool = pool(redis.config(), limits);
        meter = "acct/*/" + meterField;
        link = new RedisLink(vertx, redis.config(), null, RedisCoordinator.script());
        pass(0);
    }

    static ScriptDriver ofMinute(RealRedis redis, long limit) {
        return new ScriptDriver(
                redis,
                new QuotaLimits(null, limit, null, null, null, null, null, null, null),
                "requestsPerMinute",
                limit);
    }

    static PoolConfig pool(CoordinationConfig.RedisConfig redis, QuotaLimits limits) {
        return pool("pool", new CoordinationConfig(CoordinationConfig.Mode.REDIS, redis), limits);
    }

    static PoolConfig pool(String name, CoordinationConfig coordination, QuotaLimits limits) {
        return pool(name, coordination, limits, null);
    }

    static PoolConfig pool(String name, CoordinationConfig coordination, QuotaLimits limits, String caBundle) {
        return new PoolConfig(
                "ns",
                name,
                "OpenAI",
                "http://x/v1",
                null,
                List.of(new KeyConfig("k", "acct", 1, "fp", "sk")),
                null,
                null,
                null,
                null,
                caBundle,
                null,
                List.of(new QuotaGroupConfig("acct", List.of(limits))),
                coordination);
    }

    long now() {
        return clock;
    }

    /** The server's steady clock goes to where the test's is. */
    void pass(long ms) {
        clock += ms;
        var script = "local t = redis.call('TIME') "
                + "local real = tonumber(t[1]) * 1000 + math.floor(tonumber(t[2]) / 1000) "
                + "redis.call('HSET', KEYS[1], 'offset', string.format('%.0f', tonumber(ARGV[1]) - real))";
        run(Request.cmd(Command.EVAL)
                .arg(script)
                .arg(1)
                .arg("fairlead:{ns/pool}:pool")
                .arg(clock));
        while (!calls.isEmpty() && calls.peekFirst() <= clock - WINDOW) {
            calls.removeFirst();
        }
    }

    Response run(Request request) {
        return await(link.ready().compose(v -> link.send(List.of(request)))).get(0);
    }

    static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** The same while others come that hold nothing and go. */
    void passWithOthers(long ms) {
        for (long left = ms; left > 0; left -= 4_000) {
            pass(Math.min(left, 4_000));
            process().leave();
        }
    }

    /** What the server remembers, by key. */
    Map<String, byte[]> memory() {
        var all = new HashMap<String, byte[]>();
        for (var key : run(Request.cmd(Command.KEYS).arg("*"))) {
            var value = run(Request.cmd(Command.DUMP).arg(key.toString()));
            all.put(key.toString(), value.toBytes());
        }
        return all;
    }

    /** It comes back with a memory that it had before. */
    void remembers(Map<String, byte[]> before) {
        run(Request.cmd(Command.FLUSHALL));
        before.forEach((key, value) -> run(Request.cmd(Command.RESTORE)
                .arg(key)
                .arg(0)
                .arg(Buffer.buffer(value))
                .arg("REPLACE")));
        pass(0);
    }

    /** Past the time in which a store that may have lost its memory gives nothing away. */
    ScriptDriver grown() {
        process().report(0);
        pass(4_000);
        return this;
    }

    Member process() {
        return new Member(of("team", 1));
    }

    Member process(String tenant, int weight) {
        return new Member(of(tenant, weight));
    }

    static WorkloadConfig of(String tenant, int weight) {
        return new WorkloadConfig("ns", "Deployment/app", "default", tenant, weight);
    }

    @Override
    public void close() {
        link.close();
        await(vertx.close());
    }

    /** One process: what it holds and has used. */
    final class Member {
        final String name = "process-" + named++;
        final Deque<Long> made = new ArrayDeque<>();
        final SharedPool state = new SharedPool();
        long share;
        long since = -5;
        long number;

        private WorkloadConfig workload;

        Member(WorkloadConfig workload) {
            this.workload = workload;
            state.use(pool);
        }

        void weight(int weight) {
            workload = of(workload.tenant(), weight);
        }

        /** As when its limit was taken away and came back: it knows of no call that it made. */
        void forget() {
            share = 0;
            made.clear();
            since = clock;
        }

        long used() {
            while (!made.isEmpty() && made.peekFirst() <= clock - WINDOW) {
                made.removeFirst();
            }
            return (long) made.size() * size;
        }

        /** Makes up to so many calls, as its share allows. */
        int call(int wish) {
            int done = 0;
            while (done < wish && used() + size <= share) {
                made.addLast(clock);
                calls.addLast(clock);
                done++;
            }
            return done;
        }

        PoolAnswer report(long wanted) {
            var answer = ask(wanted, List.of(), List.of(), false);
            take(answer);
            return answer;
        }

        PoolAnswer say(List<Rest> rests, List<Pin> pins) {
            var answer = ask(0, rests, pins, false);
            take(answer);
            return answer;
        }

        void leave() {
            ask(0, List.of(), List.of(), true);
        }

        void take(PoolAnswer answer) {
            answer.shares().forEach(given -> share = given.share());
        }

        PoolAnswer ask(long wanted, List<Rest> rests, List<Pin> pins, boolean ends) {
            return ask(++number, share, wanted, rests, pins, ends);
        }

        PoolAnswer ask(long asNumber, long held, long wanted, List<Rest> rests, List<Pin> pins, boolean ends) {
            var reading = new MeterReading(meter, limit, held, used(), wanted * size, since, size);
            var report = new PoolReport("ns/pool", List.of(reading), rests, pins, List.of(), false, 0, -1, -1);
            state.made(pins);
            var question = new Question(report, state);
            await(link.ready());
            var request = question.write(link.call(question.keys()), name, workload, asNumber, ends);
            var answer = run(request);
            state.said(question.pinCount());
            state.pinsSeen(Question.pinsSeen(answer));
            var read = question.read(answer);
            state.answered(read, asNumber);
            return read;
        }
    }

    /** Copies, since a share changes under the hands of who looks. */
    static long sum(List<Member> all) {
        long sum = 0;
        for (var one : new ArrayList<>(all)) {
            sum += one.share;
        }
        return sum;
    }
}
