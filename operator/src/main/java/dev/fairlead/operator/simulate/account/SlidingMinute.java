package dev.fairlead.operator.simulate.account;

import java.util.Arrays;

/**
 * The most that went through in any 60 seconds, to the millisecond: what a rate limit is measured against. At most
 * 60,000 entries, one for each millisecond in which something happened.
 */
public final class SlidingMinute {

    private static final int MILLIS = 60_000;

    private long[] at = new long[64];
    private long[] requests = new long[64];
    private long[] tokens = new long[64];
    private int head;
    private int size;
    private long requestsNow;
    private long tokensNow;
    private long maxRequests;
    private long maxTokens;

    /** One request of so many tokens went through at {@code nowMicros}. */
    public void add(long tokenCount, long nowMicros) {
        long now = Math.floorDiv(nowMicros, 1000L);
        if (size > 0) {
            now = Math.max(now, at[slot(size - 1)]);
        }
        forgetBefore(now - MILLIS);
        if (size == 0 || at[slot(size - 1)] != now) {
            append(now);
        }
        int last = slot(size - 1);
        requests[last]++;
        tokens[last] += tokenCount;
        requestsNow++;
        tokensNow += tokenCount;
        maxRequests = Math.max(maxRequests, requestsNow);
        maxTokens = Math.max(maxTokens, tokensNow);
    }

    /** Most requests in any minute so far. */
    public long maxRequests() {
        return maxRequests;
    }

    /** Most tokens in any minute so far. */
    public long maxTokens() {
        return maxTokens;
    }

    private void forgetBefore(long edge) {
        while (size > 0 && at[head] <= edge) {
            requestsNow -= requests[head];
            tokensNow -= tokens[head];
            head = (head + 1) & (at.length - 1);
            size--;
        }
    }

    private void append(long now) {
        if (size == at.length) {
            at = grown(at);
            requests = grown(requests);
            tokens = grown(tokens);
            head = 0;
        }
        int next = slot(size++);
        at[next] = now;
        requests[next] = 0;
        tokens[next] = 0;
    }

    private long[] grown(long[] ring) {
        long[] straight = Arrays.copyOfRange(ring, head, head + ring.length * 2);
        System.arraycopy(ring, 0, straight, ring.length - head, head);
        return straight;
    }

    private int slot(int index) {
        return (head + index) & (at.length - 1);
    }
}
