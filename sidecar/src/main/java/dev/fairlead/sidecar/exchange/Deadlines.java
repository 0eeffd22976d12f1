package dev.fairlead.sidecar.exchange;

/**
 * The deadlines of one loop's calls, to {@value #TICK_MS} ms: one alarm for all of them instead of a timer each. Moving a
 * deadline costs a field write.
 */
final class Deadlines {
    private static final long TICK_MS = 50;

    private final Loop loop;
    private final Entry head = new Entry(null);
    private boolean ticking;

    Deadlines(Loop loop) {
        this.loop = loop;
        head.next = head;
        head.previous = head;
    }

    /** One call's deadline; linked while it is watched. */
    static final class Entry {
        private final Runnable expired;
        private long dueMs = Long.MAX_VALUE;
        private Entry next;
        private Entry previous;

        Entry(Runnable expired) {
            this.expired = expired;
        }

        /** Moves it; {@link Long#MAX_VALUE} for never. */
        void dueAt(long newDueMs) {
            dueMs = newDueMs;
        }
    }

    void watch(Entry entry) {
        entry.previous = head.previous;
        entry.next = head;
        head.previous.next = entry;
        head.previous = entry;
        if (!ticking) {
            ticking = true;
            loop.after(TICK_MS, this::tick);
        }
    }

    void forget(Entry entry) {
        if (entry.next != null) {
            entry.previous.next = entry.next;
            entry.next.previous = entry.previous;
            entry.next = null;
            entry.previous = null;
        }
    }

    private void tick() {
        long now = loop.nowMs();
        for (var entry = head.next; entry != head; ) {
            var following = entry.next;
            if (entry.dueMs <= now) {
                entry.dueMs = Long.MAX_VALUE;
                entry.expired.run();
                // What expires may end other calls too: what they unlink must not be walked.
                following = following.next == null ? head.next : following;
            }
            entry = following;
        }
        ticking = head.next != head;
        if (ticking) {
            loop.after(TICK_MS, this::tick);
        }
    }
}
