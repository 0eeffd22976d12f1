package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.pool.quota.Gate;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
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
            var left = Left.of(account, nowMs);
            if (left == null) {
                out |= anyLimit(account);
                continue;
            }
            if (left.known()) {
                known++;
                sum += left.share();
            }
            last = Math.max(last, left.until());
        }
        if (known == 0) {
            return new Capacity(out ? 0 : -1, -1);
        }
        long in = last == Long.MAX_VALUE ? -1 : Math.max(0, last - nowMs);
        return new Capacity((int) Math.round(100 * sum / known), in);
    }

    private static boolean anyLimit(Account account) {
        return account.models().stream().anyMatch(model -> model.gate().known());
    }

    /**
     * What an account, or a key of it, has left of its tightest limit.
     *
     * @param until when that is used up at the present pace; {@link Long#MAX_VALUE} when it is not
     */
    private record Left(boolean known, double share, long until) {
        private static final Left UNLIMITED = new Left(false, 1, Long.MAX_VALUE);

        /** Of an account by its own limits and by those of its keys; {@code null} when no key of it can be called with. */
        static Left of(Account account, long nowMs) {
            var usable = new ArrayList<Key>(account.keys().size());
            boolean limited = false;
            for (var key : account.keys()) {
                if (!OUT.contains(KeyStates.of(key, nowMs).name())) {
                    usable.add(key);
                    limited |= key.config().limits() != null;
                }
            }
            if (usable.isEmpty()) {
                return null;
            }
            var left = UNLIMITED;
            for (var model : account.models()) {
                if (!model.restsAsGone(nowMs)) { // It says nothing about what is left for others.
                    boolean rests = model.restedAt() > nowMs || allRest(usable, model, nowMs);
                    left = left.tighter(model.gate(), rests, nowMs);
                }
            }
            return limited ? left.tighter(ofKeys(account, usable, nowMs)) : left;
        }

        /** What others tell of an account without a name of its own is a rest of its only key. */
        private static boolean allRest(List<Key> keys, AccountModel model, long nowMs) {
            boolean all = false;
            for (var key : keys) {
                if (key.serves(model.board().model())) {
                    if (!rests(key, model, nowMs)) {
                        return false;
                    }
                    all = true;
                }
            }
            return all;
        }

        private static boolean rests(Key key, AccountModel model, long nowMs) {
            var cause = key.cause(model.board().model(), nowMs);
            return cause != null && !KeyStates.NO_LIMITS.contains(cause);
        }

        /** A key that has used up its own limit leaves its account to the others. */
        private static Left ofKeys(Account account, List<Key> usable, long nowMs) {
            var byKey = new IdentityHashMap<Key, Left>();
            for (var model : account.models()) {
                for (var seat : model.seats()) {
                    for (int i = 0; i < seat.keys().length; i++) {
                        var gate = seat.keyGate(i);
                        var key = seat.key(i);
                        if (gate != null && usable.contains(key)) {
                            var before = byKey.getOrDefault(key, UNLIMITED);
                            byKey.put(key, before.tighter(gate, rests(key, model, nowMs), nowMs));
                        }
                    }
                }
            }
            double share = usable.size() - byKey.size();
            long until = byKey.size() < usable.size() ? Long.MAX_VALUE : 0;
            boolean known = false;
            for (var left : byKey.values()) {
                share += left.share;
                until = Math.max(until, left.until);
                known |= left.known;
            }
            return new Left(known, share / usable.size(), until);
        }

        private Left tighter(Gate gate, boolean rests, long nowMs) {
            return gate.known()
                    ? tighter(new Left(true, rests ? 0 : gate.headroom(nowMs), gate.exhaustedAt(nowMs)))
                    : this;
        }

        private Left tighter(Left other) {
            return new Left(known || other.known, Math.min(share, other.share), Math.min(until, other.until));
        }
    }
}
