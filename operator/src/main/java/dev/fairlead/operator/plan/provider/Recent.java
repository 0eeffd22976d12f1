package dev.fairlead.operator.plan.provider;

/** How much went through within the last period, to a sixtieth of it; and the most that ever did. */
final class Recent {
    private static final int SLOTS = 60;

    private final long slotMs;
    private final long[] slots = new long[SLOTS];
    private long slot = -1;
    private long sum;
    private long peak;
    private long total;

    Recent(long periodMs) {
        this.slotMs = periodMs / SLOTS;
    }

    void add(long amount, long nowMs) {
        roll(nowMs);
        slots[(int) (slot % SLOTS)] += amount;
        sum += amount;
        total += amount;
        peak = Math.max(peak, sum);
    }

    long sum(long nowMs) {
        roll(nowMs);
        return sum;
    }

    long peak() {
        return peak;
    }

    long total() {
        return total;
    }

    private void roll(long nowMs) {
        long current = nowMs / slotMs;
        for (long next = Math.max(slot + 1, current - SLOTS + 1); next <= current; next++) {
            int at = (int) (next % SLOTS);
            sum -= slots[at];
            slots[at] = 0;
        }
        slot = Math.max(slot, current);
    }
}
