package dev.fairlead.sidecar.pool;

import java.util.Set;

/**
 * What is left of a pool's limits over all accounts that can be called with.
 *
 * @param headroomPercent 0 to 100; -1 when no limit is known
 * @param exhaustsInMs when nothing is left at the present pace; -1 when it does not come to that
 */
record Capacity(int headroomPercent, long exhaustsInMs) {
    private static final Set<String> OUT = Set.of("Draining", "Expired", "Invalid", "Suspended");

    static Capacity of(Keyring keyring, long nowMs) {
        double sum = 0;
        int known = 0;
        long last = 0;
        boolean out = false;
        for (var account : keyring.accounts()) {
            double least = 1;
            long first = Long.MAX_VALUE;
            boolean any = false;
            for (var model : account.models()) {
                if (model.gate().known()) {
                    any = true;
                    least = Math.min(
                            least, model.restedAt() > nowMs ? 0 : model.gate().headroom(nowMs));
                    first = Math.min(first, model.gate().exhaustedAt(nowMs));
                }
            }
            if (!mayBeCalledWith(account, nowMs)) {
                out |= any;
                continue;
            }
            if (any) {
                known++;
                sum += least;
            }
            last = Math.max(last, first);
        }
        if (known == 0) {
            return new Capacity(out ? 0 : -1, -1);
        }
        long in = last == Long.MAX_VALUE ? -1 : Math.max(0, last - nowMs);
        return new Capacity((int) Math.round(100 * sum / known), in);
    }

    private static boolean mayBeCalledWith(Account account, long nowMs) {
        for (var key : account.keys()) {
            if (!OUT.contains(KeyStates.of(key, nowMs).name())) {
                return true;
            }
        }
        return false;
    }
}
