package dev.fairlead.operator.plan;

import dev.fairlead.operator.plan.provider.VirtualProvider;
import dev.fairlead.sidecar.config.ErrorCode;
import dev.fairlead.sidecar.usage.CallFacts;
import dev.fairlead.sidecar.usage.CallMeter;
import dev.fairlead.sidecar.usage.Outcome;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts the calls of a run as they end. */
final class Tally implements CallMeter {
    private static final long NOTICED_US = 1_000;

    /** Refusals of calls that no pool had a key for in time. */
    private static final Set<ErrorCode> LACKED_KEY = EnumSet.of(ErrorCode.KEYS_EXHAUSTED, ErrorCode.DEADLINE_EXCEEDED);

    private final long epochMs;
    private final long[] waits;
    private final Map<String, Long> notServed = new TreeMap<>();
    private int served;
    private int tooLarge;
    private int waited;
    private int ended;
    private int mostRunning;
    private long firstWaitMs = Long.MAX_VALUE;
    private String firstPool;
    private String firstLimit;
    private boolean firstLackedKey;

    Tally(int calls, long epochMs) {
        this.waits = new long[calls];
        this.epochMs = epochMs;
    }

    @Override
    public void count(CallFacts facts) {
        ended++;
        if (facts.outcome == Outcome.OK) {
            waits[served++] = facts.waitUs;
        } else {
            notServed.merge(facts.error == null ? "provider_" + facts.status : facts.error.code(), 1L, Long::sum);
            tooLarge += facts.tooLarge ? 1 : 0;
        }
        boolean hadToWait = facts.waitUs >= NOTICED_US;
        waited += hadToWait ? 1 : 0;
        if ((hadToWait || facts.outcome != Outcome.OK) && facts.startedAtMs - epochMs < firstWaitMs) {
            firstWaitMs = facts.startedAtMs - epochMs;
            firstPool = facts.pool;
            firstLimit = facts.limit;
            firstLackedKey = facts.error != null && LACKED_KEY.contains(facts.error);
        }
    }

    int ended() {
        return ended;
    }

    void running(int now) {
        mostRunning = Math.max(mostRunning, now);
    }

    /** @param lengthMs from the first call to the last answer */
    PlanResult result(long lengthMs, Map<String, VirtualProvider> providers, long leaks) {
        var pools = new ArrayList<PlanResult.Pool>();
        providers.forEach((id, provider) -> pools.add(
                new PlanResult.Pool(id, provider.admittedCalls(), provider.refusedCalls(), provider.uses(lengthMs))));
        return new PlanResult(
                ended,
                served,
                Map.copyOf(notServed),
                tooLarge,
                waited,
                Waits.of(waits, served),
                mostRunning,
                Binding.first(firstPool, firstLimit, firstLackedKey, firstWaitMs, pools),
                List.copyOf(pools),
                leaks);
    }
}
