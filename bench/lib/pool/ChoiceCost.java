import dev.fairlead.sidecar.config.CoolDownConfig;
import dev.fairlead.sidecar.config.KeyConfig;
import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.config.QuotaGroupConfig;
import dev.fairlead.sidecar.config.QuotaLimits;
import dev.fairlead.sidecar.config.WaitConfig;
import dev.fairlead.sidecar.pool.Demand;
import dev.fairlead.sidecar.pool.KeyPool;
import dev.fairlead.sidecar.pool.KeyPools;
import dev.fairlead.sidecar.pool.Lease;
import dev.fairlead.sidecar.pool.LeaseListener;
import dev.fairlead.sidecar.pool.LeaseRefusal;
import dev.fairlead.sidecar.pool.LeaseRequest;
import dev.fairlead.sidecar.pool.Outcome;
import dev.fairlead.sidecar.pool.Spent;
import dev.fairlead.sidecar.provider.AdmissionRule;
import dev.fairlead.sidecar.provider.LimitSnapshot;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What a choice costs with 1,000 keys, in CPU time of the loop that chooses, virtual time, no sockets:
 * {@code java -cp 'operator/target/dist/*' bench/lib/pool/ChoiceCost.java}. A line of JSON for each strategy and state of the pool:
 *
 * <ul>
 *   <li>{@code idle}: nobody waits, nothing is on its way, each of the keys could be chosen;
 *   <li>{@code loaded}: the same with 20 calls on their way for each key;
 *   <li>{@code waiting}: each key takes one call at once and 10,000 wait; a call ends and the next in line gets its key.
 * </ul>
 */
public final class ChoiceCost implements LeaseListener {
    private static final int KEYS = 1_000;
    private static final int WAITERS = 10_000;
    private static final int ON_THEIR_WAY = 20;
    private static final int AT_ONCE = 500;
    private static final int ROUNDS = 400;
    private static final int WARM_UP = 200;
    private static final int CONVERSATIONS = 50_000;

    private final KeyPool pool;
    private final boolean sessions;
    private final Random random = new Random(1);
    private final List<Lease> held = new ArrayList<>();
    private long now = 1_000_000;

    private ChoiceCost(String strategy, boolean sessions, boolean limited) {
        this.sessions = sessions;
        var keys = new ArrayList<KeyConfig>();
        var groups = new ArrayList<QuotaGroupConfig>();
        for (int i = 0; i < KEYS; i++) {
            var name = "account-" + i;
            keys.add(new KeyConfig(name, name, 1, "fp-" + name, "sk-" + name));
            groups.add(new QuotaGroupConfig(
                    name, List.of(new QuotaLimits(null, null, null, null, null, null, null, 1L, null))));
        }
        var config = new PoolConfig(
                "bench", "pool", "OpenAI", "http://127.0.0.1/v1", null, keys, strategy,
                new CoolDownConfig(30_000, 3_600_000, null), new WaitConfig(30_000, 2 * WAITERS, 1L << 30), null, null,
                sessions ? "Session" : "None", limited ? groups : List.of(), null);
        pool = new KeyPools(tick -> at -> {}, 1)
                .apply(List.of(config), of -> AdmissionRule.CAUTIOUS, now, now)
                .get(0);
    }

    public static void main(String[] args) {
        for (var strategy : new String[] {"Headroom", "RoundRobin", "Weighted", "FillFirst"}) {
            for (boolean sessions : new boolean[] {false, true}) {
                print(strategy, sessions, "idle", new ChoiceCost(strategy, sessions, false).among(0));
                print(strategy, sessions, "loaded", new ChoiceCost(strategy, sessions, false).among(KEYS * ON_THEIR_WAY));
                print(strategy, sessions, "waiting", new ChoiceCost(strategy, sessions, true).next());
            }
        }
    }

    private static void print(String strategy, boolean sessions, String state, long ns) {
        System.out.printf(
                "{\"strategy\": \"%s\", \"affinity\": \"%s\", \"state\": \"%s\", \"ns\": %d}%n",
                strategy, sessions ? "Session" : "None", state, ns);
    }

    /** A call comes and gets one of all the keys: the choice, its reservation and its lease. */
    private long among(int onTheirWay) {
        for (int i = 0; i < onTheirWay; i++) {
            ask();
        }
        return median(() -> {
            long ns = timed(this::ask);
            for (int i = 0; i < AT_ONCE; i++) {
                end(any());
            }
            return ns;
        });
    }

    private Lease any() {
        int last = held.size() - 1;
        int at = random.nextInt(held.size());
        held.set(at, held.set(last, held.get(at)));
        return held.remove(last);
    }

    /** A call ends: the next of those that wait is found, and its key. */
    private long next() {
        for (int i = 0; i < KEYS + WAITERS; i++) {
            ask();
        }
        return median(() -> {
            var ending = new ArrayList<>(held.subList(0, AT_ONCE));
            held.subList(0, AT_ONCE).clear();
            var each = ending.iterator();
            long ns = timed(() -> end(each.next()));
            for (int i = 0; i < AT_ONCE; i++) {
                ask();
            }
            return ns;
        });
    }

    private interface Round {
        long ns();
    }

    private long median(Round round) {
        var each = new long[ROUNDS];
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            now += 10;
            long ns = round.ns();
            each[Math.max(0, i)] = ns;
        }
        Arrays.sort(each);
        return each[ROUNDS / 2];
    }

    private static long timed(Runnable one) {
        var cpu = ManagementFactory.getThreadMXBean();
        long began = cpu.getCurrentThreadCpuTime();
        for (int i = 0; i < AT_ONCE; i++) {
            one.run();
        }
        return (cpu.getCurrentThreadCpuTime() - began) / AT_ONCE;
    }

    private void ask() {
        int who = random.nextInt(CONVERSATIONS);
        var request = new LeaseRequest(this, "m", 100, new Demand(100, 100)).onBehalfOf("tenant-" + who % 50, 1 + who % 3);
        pool.lease(request.affinity(sessions ? 0x9e3779b97f4a7c15L * (1 + who) : 0).until(now + 29_000), now);
    }

    private void end(Lease lease) {
        pool.accepted(lease, LimitSnapshot.NOTHING, now);
        pool.settle(lease, Outcome.SERVED, Spent.UNKNOWN, now);
    }

    @Override
    public void granted(Lease lease) {
        held.add(lease);
    }

    @Override
    public void refused(LeaseRefusal refusal) {
        throw new IllegalStateException("refused: " + refusal);
    }
}
