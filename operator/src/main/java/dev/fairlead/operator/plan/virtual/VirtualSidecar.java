package dev.fairlead.operator.plan.virtual;

import dev.fairlead.sidecar.LoopAlarm;
import dev.fairlead.sidecar.config.ErrorCode;
import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.config.SidecarConfig;
import dev.fairlead.sidecar.exchange.ByteBudget;
import dev.fairlead.sidecar.exchange.ClientChannel;
import dev.fairlead.sidecar.exchange.ClientHead;
import dev.fairlead.sidecar.exchange.Endpoint;
import dev.fairlead.sidecar.exchange.Exchange;
import dev.fairlead.sidecar.exchange.Exchanges;
import dev.fairlead.sidecar.exchange.Patience;
import dev.fairlead.sidecar.exchange.Upstream;
import dev.fairlead.sidecar.pool.KeyPools;
import dev.fairlead.sidecar.pool.PoolView;
import dev.fairlead.sidecar.usage.CallIds;
import dev.fairlead.sidecar.usage.CallMeter;
import dev.fairlead.sidecar.usage.Recorder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;

/**
 * The data plane for one or several workloads that share their pools, as a fleet that shares limits without loss does. One
 * thread.
 */
public final class VirtualSidecar {
    /** Of the pools' small random delays: any number, but always the same. */
    private static final long SEED = 1;

    private final VirtualLoop loop;
    private final KeyPools pools;
    private final List<VirtualWorkload> workloads = new ArrayList<>();
    private final VirtualBinding binding;

    /**
     * @param workloads how many workloads there are
     * @param providers the way to each pool's provider
     * @param meter hears of every call that has ended
     * @param byteBudget bytes of bodies and running calls that may be held at any time
     */
    public VirtualSidecar(
            VirtualLoop loop,
            int workloads,
            Function<PoolConfig, Upstream> providers,
            CallMeter meter,
            long byteBudget) {
        this.loop = loop;
        this.pools = new KeyPools(ring -> new LoopAlarm(loop, ring), SEED);
        this.binding = new VirtualBinding(loop, providers);
        var budget = new ByteBudget(byteBudget);
        for (int i = 0; i < workloads; i++) {
            var workload = new VirtualWorkload();
            workload.exchanges = new Exchanges(
                    loop, 0, workload::config, new Recorder(meter, null), new CallIds(i + 1), budget, Patience.USUAL);
            this.workloads.add(workload);
        }
    }

    /**
     * Puts configurations into force, one for each workload in order; calls that run keep theirs.
     *
     * @param configs where two of them name the same pool they mean the same
     */
    public void apply(List<SidecarConfig> configs) {
        var byId = new LinkedHashMap<String, PoolConfig>();
        configs.forEach(config -> config.pools().forEach(pool -> byId.putIfAbsent(pool.id(), pool)));
        var named = List.copyOf(byId.values());
        var live = binding.pools(named, pools.apply(named, binding::admission, loop.nowMs(), loop.epochMillis()));
        for (int i = 0; i < workloads.size(); i++) {
            var workload = workloads.get(i);
            workload.config = binding.bind(configs.get(i), live, workload.limiters);
        }
        pools.dissolveUnnamed(loop.nowMs());
    }

    /**
     * A client calls.
     *
     * @param workload from 0
     * @param body JSON; not changed, so it may be shared by calls
     * @return the exchange, to abort it by
     */
    public <C extends ClientHead & ClientChannel> Exchange call(
            int workload, Endpoint endpoint, C client, byte[] body) {
        var exchange = workloads.get(workload).exchanges.open(endpoint, client, client);
        if (!exchange.hasRoom() || !exchange.hold(body.length)) {
            exchange.refuse(ErrorCode.QUEUE_FULL, "Too many bytes are already held for other calls.", null);
        } else {
            exchange.request(body);
        }
        return exchange;
    }

    /** Calls that have begun and not ended. */
    public int running() {
        return workloads.stream()
                .mapToInt(workload -> workload.exchanges.running())
                .sum();
    }

    /** Calls that ended with a lease they had forgotten. */
    public long leaks() {
        return workloads.stream()
                .mapToLong(workload -> workload.exchanges.leaks())
                .sum();
    }

    /** The pools as they stand. */
    public List<PoolView> pools() {
        return pools.pools().stream().map(pool -> pool.view(loop.nowMs())).toList();
    }
}
