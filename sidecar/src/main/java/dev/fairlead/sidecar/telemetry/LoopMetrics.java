package dev.fairlead.sidecar.telemetry;

import dev.fairlead.sidecar.config.ErrorCode;
import dev.fairlead.sidecar.usage.Attempt;
import dev.fairlead.sidecar.usage.CallFacts;
import dev.fairlead.sidecar.usage.CallMeter;
import dev.fairlead.sidecar.usage.Outcome;

/**
 * The numbers of one event loop: written by that loop only, without locks, read by whoever scrapes. Counting a call allocates
 * nothing once its series have been met.
 */
public final class LoopMetrics implements CallMeter {
    private static final String NO_MODEL = "";

    private final Metrics metrics;
    private final Cells cells = new Cells();
    private final ErrorTypes errorTypes = new ErrorTypes();
    private final int overhead;
    private final int lag;

    LoopMetrics(Metrics metrics, int overhead, int lag) {
        this.metrics = metrics;
        this.overhead = overhead;
        this.lag = lag;
    }

    @Override
    public void count(CallFacts facts) {
        RouteMeters route = metrics.route(facts.route);
        CallSeries call =
                route.call(facts.modelName == null ? NO_MODEL : facts.modelName, facts.endpoint, facts.provider);
        cells.add(call.requests(facts.outcome), 1);
        ErrorCode error = facts.error;
        if (error != null && facts.outcome != Outcome.CANCELLED) {
            cells.add(route.refusals(error), 1);
        }
        if (facts.usage.present()) {
            cells.add(call.tokensIn(), facts.usage.inputTokens());
            cells.add(call.tokensOut(), facts.usage.outputTokens());
        }
        if (facts.attemptCount() > 0 && call.isOperation()) {
            operation(facts, call);
        }
        attempts(facts);
        if (facts.overheadUs >= 0) {
            cells.observe(overhead, Buckets.OVERHEAD, facts.overheadUs);
        }
    }

    /** A timer of this loop fired this much too late, microseconds. The event loop only. */
    public void lagged(long lateUs) {
        cells.observe(lag, Buckets.LAG, Math.max(0, lateUs));
    }

    private void operation(CallFacts facts, CallSeries call) {
        cells.observe(call.duration(errorTypes.of(facts)), Buckets.OPERATION, facts.durationUs);
        if (facts.ttftUs >= 0 && facts.outcome == Outcome.OK) {
            cells.observe(call.firstToken(), Buckets.FIRST_TOKEN, facts.ttftUs);
        }
        if (facts.usage.present()) {
            cells.observe(call.usageIn(), Buckets.TOKENS, facts.usage.inputTokens());
            cells.observe(call.usageOut(), Buckets.TOKENS, facts.usage.outputTokens());
        }
    }

    private void attempts(CallFacts facts) {
        long waitedInVain = facts.waitUs;
        for (int i = 0; i < facts.attemptCount(); i++) {
            Attempt attempt = facts.attempt(i);
            waitedInVain -= attempt.waitUs;
            if (attempt.pool != null) {
                PoolMeters pool = metrics.pool(attempt.pool);
                cells.add(pool.attempts(attempt.failureClass), 1);
                cells.observe(pool.waits(), Buckets.WAIT, attempt.waitUs);
                waitError(pool, attempt.predictedWaitUs, attempt.waitUs);
            }
        }
        if (waitedInVain > 0 && facts.pool != null) {
            PoolMeters pool = metrics.pool(facts.pool);
            cells.observe(pool.waits(), Buckets.WAIT, waitedInVain);
            waitError(pool, facts.predictedWaitUs, waitedInVain);
        }
    }

    private void waitError(PoolMeters pool, long predictedUs, long waitedUs) {
        if (predictedUs != Attempt.NOT_PREDICTED) {
            cells.observe(pool.waitErrors(), Buckets.WAIT_ERROR, predictedUs - waitedUs);
        }
    }

    long get(int index) {
        return cells.get(index);
    }
}
