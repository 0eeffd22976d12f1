package dev.fairlead.operator.allot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.operator.simulate.account.SlidingMinute;
import dev.fairlead.sidecar.config.CoordinationConfig;
import dev.fairlead.sidecar.config.KeyConfig;
import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.config.QuotaGroupConfig;
import dev.fairlead.sidecar.config.QuotaLimits;
import dev.fairlead.sidecar.exchange.PoolHandle;
import dev.fairlead.sidecar.fleet.FleetAnswer;
import dev.fairlead.sidecar.fleet.FleetReport;
import dev.fairlead.sidecar.fleet.PoolReport;
import dev.fairlead.sidecar.pool.Demand;
import dev.fairlead.sidecar.pool.Spent;
import dev.fairlead.sidecar.pool.quota.Gate;
import dev.fairlead.sidecar.pool.quota.Quotas;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Ten sidecars with their real limits at two replicas with their real books, under one clock: the leader is killed, then the whole
 * operator. Judged by what the simulated provider counts in any minute.
 */
class FleetInVirtualTimeTest {
    private static final int SIDECARS = 10;
    private static final long LIMIT = 600;
    private static final long OFFERED_PER_MINUTE = 900;
    private static final long LEASE_MS = 15_000;
    /** Windows of ours are longer than the provider's by this: by what a call leaves late at most, unsaid, and by its way. */
    private static final int WINDOW_SLACK_MS = 250;

    private static final int LATE_MS = (int) PoolHandle.LATE_MS;
    private static final int WAY_MS = WINDOW_SLACK_MS - LATE_MS;

    private static final PoolConfig CONFIG = new PoolConfig(
            "ns",
            "pool",
            "OpenAI",
            "http://x/v1",
            null,
            List.of(new KeyConfig("k", "account", 1, "fk", "sk")),
            null,
            null,
            null,
            null,
            null,
            null,
            List.of(new QuotaGroupConfig(
                    "account", List.of(new QuotaLimits(null, LIMIT, null, null, null, null, null, null, null)))),
            new CoordinationConfig(CoordinationConfig.Mode.LEASED, null));

    private static final Map<String, SharedPool> POOLS = Map.of("ns/pool", SharedPool.of(CONFIG));

    private record Event(long atMs, Runnable what) {}

    private final PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparingLong(Event::atMs));
    private final SlidingMinute provider = new SlidingMinute();
    private final Set<String> pods = new HashSet<>();
    private final List<Member> members = new ArrayList<>();
    private final List<FleetBook> replicas = List.of(book(), book());
    private Random random;
    private long now = 1_000_000;
    private long arrived;
    private int holdUpMs;
    /** {@code null} while nobody leads. */
    private FleetBook leader;

    private FleetBook book() {
        return new FleetBook(() -> Set.copyOf(pods), (pod, pool) -> true);
    }

    private final class Member {
        final Sidecar name = new Sidecar("pod-" + members.size(), "tenant-" + members.size() % 3, 1);
        final Quotas quotas = new Quotas();
        final Gate gate;
        /** Which of the replicas it streams from; {@code null} while it is cut off. */
        FleetBook home;

        long backlog;
        long number;
        long askedAt;

        Member(FleetBook home) {
            this.home = home;
            quotas.configure(CONFIG, now);
            gate = quotas.account("account", "m");
            pods.add(name.pod());
        }

        long share() {
            return quotas.readings(now).get(0).share();
        }

        void call() {
            while (backlog > 0 && gate.opensAt(Demand.ONE_CALL, now) <= now) {
                var hold = gate.reserve(Demand.ONE_CALL, now);
                backlog--;
                long granted = now;
                at(now + heldUpMs(), () -> {
                    if (now - granted >= LATE_MS) {
                        gate.sent(hold, now);
                    }
                    gate.settle(hold, Spent.NOTHING, true, now);
                    at(now + random.nextInt(WAY_MS), () -> {
                        provider.add(0, now * 1_000);
                        arrived++;
                    });
                });
            }
            gate.wanted((int) backlog, 0, 0);
            boolean lacks = backlog > 0 && gate.lacksShare(Demand.ONE_CALL, now);
            if (now - askedAt >= (lacks ? 100 : 1_000)) {
                askedAt = now;
                ask();
            }
        }

        private void ask() {
            var pool = new PoolReport(
                    "ns/pool", quotas.readings(now), List.of(), List.of(), List.of(), true, (int) backlog, -1, -1);
            var report = new FleetReport("stream", "run", ++number, List.of(pool));
            at(now + random.nextInt(100), () -> {
                if (home != null && leader != null && random.nextInt(50) > 0) {
                    leader.answer(name, POOLS, report, now)
                            .ifPresent(answer -> at(now + random.nextInt(100), () -> take(report, answer)));
                }
            });
        }

        private void take(FleetReport asked, FleetAnswer answer) {
            if (asked.number() == number && random.nextInt(50) > 0) {
                answer.pools().forEach(pool -> pool.shares().forEach(share -> quotas.share(share, now)));
            }
        }
    }

    /** In some minutes connections are slow to come. */
    private long heldUpMs() {
        return random.nextInt(holdUpMs > 0 && now / 60_000 % 5 == 0 ? holdUpMs : LATE_MS);
    }

    private void at(long ms, Runnable what) {
        events.add(new Event(ms, what));
    }

    /** Lets so much time pass under a load that moves: every 20 s another sidecar has almost half of it. */
    private void pass(long ms) {
        for (long end = now + ms; now < end; now += 50) {
            while (!events.isEmpty() && events.peek().atMs() <= now) {
                long tick = now;
                now = Math.max(events.peek().atMs(), tick - 50);
                events.remove().what().run();
                now = tick;
            }
            var favourite = members.get((int) (now / 20_000 * 3 % SIDECARS));
            if (random.nextInt(60_000) < OFFERED_PER_MINUTE * 50) {
                var to = random.nextInt(20) < 8 ? favourite : members.get(random.nextInt(members.size()));
                to.backlog = Math.min(to.backlog + 1, 300);
            }
            members.forEach(Member::call);
            if (now % 1_000 == 0 && leader != null) {
                leader.sweep(Set.of("ns/pool"), now);
            }
        }
        assertThat(provider.maxRequests()).as("in any minute until %d", now).isLessThanOrEqualTo(LIMIT);
    }

    private long perMinute(long ms) {
        long before = arrived;
        pass(ms);
        return (arrived - before) * 60_000 / ms;
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 0", "3, 0", "4, 10000", "5, 10000", "6, 10000"})
    void noMinuteHasMoreThanTheLimitWhoeverIsKilled(long seed, int longestHoldUpMs) {
        random = new Random(seed);
        holdUpMs = longestHoldUpMs;
        // A place is kept for a minute from when its call has left.
        long wellUsed = longestHoldUpMs == 0 ? LIMIT * 95 / 100 : LIMIT * 80 / 100;
        for (int i = 0; i < SIDECARS; i++) {
            members.add(new Member(replicas.get(i % 2)));
        }
        leader = replicas.get(0);
        leader.lead(now);
        pass(90_000);
        assertThat(perMinute(180_000)).as("used").isGreaterThanOrEqualTo(wellUsed);

        leader = null;
        var held = members.stream().map(Member::share).toList();
        var other = replicas.get(1);
        members.stream().filter(one -> one.home != other).forEach(one -> one.home = null);
        pass(LEASE_MS);
        assertThat(members).extracting(Member::share).as("while nobody leads").isEqualTo(held);
        leader = other;
        leader.lead(now);
        members.stream().filter(one -> one.home == null).skip(1).forEach(one -> one.home = other);
        var newcomer = new Member(other);
        members.add(newcomer);
        newcomer.backlog = 300;
        pass(FleetBook.TERM_MS - 1_000);
        assertThat(newcomer.share()).as("one has not said what it holds").isZero();
        pass(60_000);
        assertThat(newcomer.share()).as("of what the others hold").isPositive();
        members.forEach(one -> one.home = other);
        pass(60_000);
        assertThat(perMinute(120_000)).as("used with the next leader").isGreaterThanOrEqualTo(wellUsed);

        leader = null;
        pass(1_000);
        var last = members.stream().map(Member::share).toList();
        pass(600_000);
        assertThat(members).extracting(Member::share).as("without an operator").isEqualTo(last);
        assertThat(provider.maxRequests()).as("no limit that nobody comes near").isGreaterThan(LIMIT * 95 / 100);
    }
}
