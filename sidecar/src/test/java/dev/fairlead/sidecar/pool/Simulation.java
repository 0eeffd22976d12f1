package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.provider.AdmissionRule;
import dev.fairlead.sidecar.provider.FailureClass;
import dev.fairlead.sidecar.provider.LimitSnapshot;
import dev.fairlead.sidecar.provider.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;

/** A pool, a provider and any number of callers under virtual time. The same seed gives the same history. */
final class Simulation {
    final VirtualTime time = new VirtualTime(1_000_000);
    final Random random;
    final SimProvider provider;
    final KeyPool pool;
    private long nextAlarm = Long.MAX_VALUE;
    long served;
    long failed;
    long aborted;
    long refusedAtOnce;
    long refusedLate;
    long tooLate;
    long asked;
    final List<Long> grants = new ArrayList<>();
    final Map<String, Integer> byAccount = new HashMap<>();

    Simulation(PoolConfig config, long seed) {
        random = new Random(seed);
        provider = new SimProvider(time, random);
        pool = new KeyPool(config, AdmissionRule.CAUTIOUS, this::alarm, seed | 1, time.now());
    }

    private void alarm(long atMs) {
        if (atMs < nextAlarm) {
            nextAlarm = atMs;
            time.at(atMs, () -> {
                if (time.now() >= nextAlarm) {
                    nextAlarm = Long.MAX_VALUE;
                    pool.tick(time.now());
                }
            });
        }
    }

    Call call(String tenant, Urgency urgency, long tokens, long deadlineInMs) {
        var call = new Call(tenant, urgency, tokens, time.now() + deadlineInMs);
        asked++;
        call.ask();
        return call;
    }

    Call call(long deadlineInMs) {
        return call("", Urgency.NORMAL, 10, deadlineInMs);
    }

    /** One caller: asks, is tried again when the provider turns it away, until it is served or refused. */
    final class Call implements LeaseListener {
        final LeaseRequest request;
        final long askedAt = time.now();
        final long deadline;
        private final long tokens;
        private Lease lease;
        private Runnable cut;
        boolean over;
        long grantedAt = -1;
        long predictedMs = -1;

        Call(String tenant, Urgency urgency, long tokens, long deadline) {
            this.tokens = tokens;
            this.deadline = deadline;
            request = new LeaseRequest(this, "m", 100, new Demand(tokens, 0))
                    .onBehalfOf(tenant, 1)
                    .urgency(urgency)
                    .until(deadline);
        }

        void ask() {
            pool.lease(request, time.now());
        }

        @Override
        public void granted(Lease newLease) {
            if (over) {
                throw new AssertionError("granted after its end");
            }
            if (time.now() > deadline) {
                tooLate++;
            }
            lease = newLease;
            if (grantedAt < 0) {
                grantedAt = time.now();
                predictedMs = newLease.predictedMs();
            }
            grants.add(time.now());
            byAccount.merge(lease.group(), 1, Integer::sum);
            cut = provider.call(lease.group(), "m", tokens, new SimProvider.Answer() {
                @Override
                public void limited(long retryAfterMs) {
                    var mine = lease;
                    lease = null;
                    var verdict = new Verdict(
                            FailureClass.RATE_LIMIT,
                            FailureClass.RATE_LIMIT.usualScope(),
                            OptionalLong.of(retryAfterMs),
                            Set.of(),
                            "sim");
                    pool.settle(mine, new Outcome.Failed(verdict), Spent.NOTHING, time.now());
                    if (time.now() < deadline) {
                        ask();
                    } else {
                        over = true;
                        refusedLate++;
                    }
                }

                @Override
                public void failed() {
                    var mine = lease;
                    lease = null;
                    over = true;
                    failed++;
                    var verdict = Verdict.of(FailureClass.SERVER, "sim");
                    pool.settle(mine, new Outcome.Failed(verdict), Spent.UNKNOWN, time.now());
                }

                @Override
                public void accepted() {
                    pool.accepted(lease, LimitSnapshot.NOTHING, time.now());
                }

                @Override
                public void ended() {
                    var mine = lease;
                    lease = null;
                    over = true;
                    served++;
                    pool.settle(mine, Outcome.SERVED, new Spent.Tokens(tokens, 0, 0), time.now());
                }
            });
        }

        @Override
        public void refused(LeaseRefusal refusal) {
            if (over) {
                throw new AssertionError("refused after its end");
            }
            over = true;
            if (time.now() > deadline + 1) {
                tooLate++;
            }
            if (time.now() == askedAt) {
                refusedAtOnce++;
            } else {
                refusedLate++;
            }
        }

        /** The client is gone. */
        void abort() {
            if (over) {
                return;
            }
            over = true;
            aborted++;
            if (lease == null) {
                pool.cancel(request, time.now());
            } else {
                cut.run();
                pool.settle(lease, Outcome.ABANDONED, Spent.UNKNOWN, time.now());
                lease = null;
            }
        }
    }

    /** Calls at random times at this average rate (Poisson), for so long. */
    void arrivals(double perMinute, long forMs, Runnable arrive) {
        long end = time.now() + forMs;
        var next = new Runnable() {
            @Override
            public void run() {
                if (time.now() < end) {
                    arrive.run();
                    long gap = (long) Math.ceil(-Math.log(1 - random.nextDouble()) * 60_000 / perMinute);
                    time.after(gap, this);
                }
            }
        };
        time.after(0, next);
    }
}
