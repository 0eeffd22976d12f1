package dev.fairlead.sidecar.exchange;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes of bodies that the whole process may hold: request bodies, parked calls, held answers. Reserved before they are
 * read, so that many large calls end in refusals and never in an exhausted heap. Safe for every thread.
 */
public final class ByteBudget {
    private final AtomicLong used = new AtomicLong();
    private final long limit;

    public ByteBudget(long limit) {
        this.limit = limit;
    }

    /** Takes so many bytes, or none and answers false. */
    public boolean reserve(long bytes) {
        if (used.addAndGet(bytes) <= limit) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    /** Gives back what was reserved. */
    public void release(long bytes) {
        used.addAndGet(-bytes);
    }

    public long used() {
        return used.get();
    }

    public long limit() {
        return limit;
    }
}
