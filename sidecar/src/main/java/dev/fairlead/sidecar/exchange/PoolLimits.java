package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.provider.LimitSnapshot;
import dev.fairlead.sidecar.provider.LimitSnapshot.Reading;
import java.util.HashMap;
import java.util.Map;

/**
 * What the accounts of one pool have left of one model, taken together: the sum of what providers last said of each. This is
 * what clients of the pool see of limits, since those of one account are nothing that they can steer by. Belongs to one loop.
 */
final class PoolLimits {
    /** Adding up all accounts is for a moment, not for every call. */
    private static final long FRESH_MS = 200;

    /** An account that nothing was heard of for so long may be none of the pool's any more. */
    private static final long FORGOTTEN_MS = 600_000;

    private final Map<String, Said> byAccount = new HashMap<>();
    private LimitSnapshot sum = LimitSnapshot.NOTHING;
    private long summedMs = Long.MIN_VALUE;

    private record Said(LimitSnapshot snapshot, long atMs) {}

    /** A response has spoken of an account's limits. */
    void said(String account, LimitSnapshot snapshot, long nowMs) {
        if (requests(snapshot).limit() > 0 || snapshot.tokens().limit() > 0) {
            byAccount.put(account, new Said(snapshot, nowMs));
        }
    }

    /** All accounts together; {@link LimitSnapshot#NOTHING} when no response has said anything. */
    LimitSnapshot sum(long nowMs) {
        if (byAccount.isEmpty()) {
            return LimitSnapshot.NOTHING;
        }
        if (summedMs == Long.MIN_VALUE || nowMs - summedMs >= FRESH_MS) {
            summedMs = nowMs;
            sum = add(nowMs);
        }
        return sum;
    }

    private LimitSnapshot add(long nowMs) {
        byAccount.values().removeIf(said -> nowMs - said.atMs() > FORGOTTEN_MS);
        var requests = new Total();
        var tokens = new Total();
        for (var said : byAccount.values()) {
            var one = said.snapshot();
            long age = nowMs - said.atMs();
            requests.add(requests(one), age);
            tokens.add(one.tokens(), age);
        }
        return new LimitSnapshot(
                requests.remaining(),
                requests.limit(),
                requests.reset,
                tokens.remaining(),
                tokens.limit(),
                tokens.reset);
    }

    /** Those of a minute where the provider counts them, otherwise those of a day. */
    private static Reading requests(LimitSnapshot snapshot) {
        return snapshot.requests().limit() > 0 ? snapshot.requests() : snapshot.requestsPerDay();
    }

    /** One unit over all accounts. */
    private static final class Total {
        private long remaining;
        private long limit;
        private long reset;

        void add(Reading one, long ageMs) {
            if (one.limit() <= 0 || one.remaining() < 0) {
                return;
            }
            long left = Math.max(0, one.resetMs() - ageMs);
            limit += one.limit();
            // What had to come back has come back since it was said.
            remaining += left == 0 && one.resetMs() > 0 ? one.limit() : Math.min(one.remaining(), one.limit());
            reset = Math.max(reset, left);
        }

        long remaining() {
            return limit == 0 ? LimitSnapshot.UNKNOWN : remaining;
        }

        long limit() {
            return limit == 0 ? LimitSnapshot.UNKNOWN : limit;
        }
    }
}
