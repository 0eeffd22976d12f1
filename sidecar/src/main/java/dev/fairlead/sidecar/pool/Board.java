package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.pool.quota.Quotas;
import dev.fairlead.sidecar.pool.select.SelectionStrategy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One model of a pool: the seats from which its calls can be paid, and those who wait for one.
 *
 * <p>A seat stands ready until a call finds it closed; then it rests until the time it named, or until something happens at
 * its account. So neither a choice nor the passing of time looks at all seats.
 */
final class Board {
    /** How many ready seats a call that is too large for them tries in one search. */
    private static final int TRIES = 16;

    /**
     * A batch call takes nothing of the last eighth of a limit as long as others come, too: it has time, and who asks now and then
     * finds a place at once. One a second goes nevertheless, or others could keep it out for ever.
     */
    private static final double LEFT_BY_BATCH = 0.125;

    private static final long OTHERS_COME_MS = 60_000;
    private static final long BATCH_AGAIN_MS = 100;
    private static final long BATCH_AT_LEAST_MS = 1_000;

    /** So many seats are all looked at for a call that has just come and finds none, the resting ones again, too. */
    private static final int FEW = 64;

    private final String model;
    private final Endpoint endpoint;
    private final Map<String, AccountModel> accounts = new HashMap<>();
    private final List<AccountModel> order = new ArrayList<>();
    private final BoardQueues queues = new BoardQueues();
    private final Seats seats = new Seats(seat -> queues.opened(seat.owner().account().name()));
    private final ProviderModel provider = new ProviderModel();
    private final Promises promises = new Promises(seats, queues);
    private final TypicalCall typical = new TypicalCall();
    private final Foresight foresight = new Foresight();
    private int inFlight;
    private long othersCameMs = Times.PAST;
    private long batchWentMs = Times.PAST;
    /** When and whether to look at it: the agenda's. */
    long lookAt;

    boolean onAgenda;
    boolean marked;

    Board(String model, Endpoint endpoint) {
        this.model = model;
        this.endpoint = endpoint;
    }

    String model() {
        return model;
    }

    ProviderModel provider() {
        return provider;
    }

    BoardQueues queues() {
        return queues;
    }

    Seats seats() {
        return seats;
    }

    Promises promises() {
        return promises;
    }

    Foresight foresight() {
        return foresight;
    }

    TypicalCall typical() {
        return typical;
    }

    long silentMs() {
        return endpoint.silentMs();
    }

    /** Everybody who waits here, those who have been promised a seat included. */
    int waiting() {
        return queues.waiting() + promises.count();
    }

    /** How many calls would go before this one. */
    int before(LeaseRequest request, long nowMs) {
        return waiting() == 0 ? 0 : queues.before(request, nowMs) + promises.count();
    }

    List<AccountModel> accounts() {
        return order;
    }

    AccountModel account(String name) {
        return accounts.get(name);
    }

    /** Makes these the seats; accounts that stay keep what is known about them. Promises are taken back by the caller first. */
    void seat(Keyring keyring, Quotas quotas, PoolConfig config) {
        order.clear();
        var named = new HashMap<String, AccountModel>();
        var ready = new TreeMap<Integer, ReadySeats>();
        for (var account : keyring.accounts()) {
            var known = accounts.remove(account.name());
            boolean same = known != null && known.account() == account;
            var here = same ? known : new AccountModel(account, this, quotas.account(account.name(), model));
            var places = seatsOf(here, account, quotas);
            if (places.length == 0 && !same) {
                continue;
            }
            if (!same) {
                account.models().add(here);
            }
            here.seats(places);
            named.put(account.name(), here);
            order.add(here);
            for (var seat : places) {
                ready.computeIfAbsent(seat.priority(), p -> readySeats(p, config))
                        .enter(seat);
            }
        }
        accounts.values().forEach(gone -> gone.account().models().remove(gone));
        accounts.clear();
        accounts.putAll(named);
        seats.become(ready.values());
        queues.opened();
    }

    private static ReadySeats readySeats(int priority, PoolConfig config) {
        return new ReadySeats(priority, SelectionStrategy.named(config.strategy(), config.affinity()));
    }

    private Seat[] seatsOf(AccountModel here, Account account, Quotas quotas) {
        var byPriority = new TreeMap<Integer, List<Key>>();
        for (var key : account.keys()) {
            if (key.serves(model)) {
                byPriority
                        .computeIfAbsent(key.config().priority(), p -> new ArrayList<>(1))
                        .add(key);
            }
        }
        return byPriority.entrySet().stream()
                .map(entry -> new Seat(here, entry.getKey(), entry.getValue(), quotas))
                .toArray(Seat[]::new);
    }

    /** It will not be asked any more. */
    void close() {
        order.forEach(account -> account.account().models().remove(account));
    }

    /** Whether forgetting it would lose something. */
    boolean busy(long nowMs) {
        if (waiting() > 0 || inFlight > 0 || provider.rests(nowMs)) {
            return true;
        }
        for (var account : order) {
            if (account.busy(nowMs)) {
                return true;
            }
        }
        return false;
    }

    /** Those who wait for accounts none of which has a key here that may ever serve. */
    List<FairQueue> stranded(long nowMs) {
        return queues.where(waiter -> !mayServe(waiter.request(), nowMs));
    }

    private boolean mayServe(LeaseRequest request, long nowMs) {
        if (request.pinnedGroup() != null) {
            var account = accounts.get(request.pinnedGroup());
            return account != null && mayServe(account, request, nowMs);
        }
        for (var account : order) {
            if (mayServe(account, request, nowMs)) {
                return true;
            }
        }
        return false;
    }

    private static boolean mayServe(AccountModel account, LeaseRequest request, long nowMs) {
        if (request.avoids(account.account())) {
            return false;
        }
        for (var seat : account.seats()) {
            if (seat.keysOpenAt(Demand.ONE_CALL, nowMs) != Long.MAX_VALUE) {
                return true;
            }
        }
        return false;
    }

    /** A call has come. */
    void asked(LeaseRequest request, long nowMs) {
        typical.seen(request.demand());
        if (request.urgency() != Urgency.BATCH) {
            othersCameMs = nowMs;
        }
    }

    void granted(LeaseRequest request, long nowMs) {
        inFlight++;
        queues.went(request);
        if (request.urgency() == Urgency.BATCH) {
            batchWentMs = nowMs;
        }
    }

    void released() {
        inFlight--;
    }

    private boolean leavesSome(LeaseRequest request, long nowMs) {
        return request.urgency() == Urgency.BATCH
                && nowMs - othersCameMs < OTHERS_COME_MS
                && nowMs - batchWentMs < BATCH_AT_LEAST_MS;
    }

    /**
     * A seat for this call now, {@code null} for none; seats that are found closed go to rest.
     *
     * @param earned whether others owe it the turn, so that it need not leave them anything
     */
    Seat choose(LeaseRequest request, boolean earned, long nowMs) {
        promises.search();
        boolean leaves = !earned && leavesSome(request, nowMs);
        if (request.pinnedGroup() != null) {
            return pinned(request, leaves, nowMs);
        }
        int tries = TRIES;
        boolean someTooSmall = false;
        var tiers = seats.tiers();
        for (int i = 0; i < tiers.size(); i++) {
            var ready = tiers.get(i);
            ready.search();
            while (ready.anyOffered() && tries > 0) {
                var seat = ready.choose(request.affinity(), nowMs);
                if (request.avoids(seat.owner().account())) {
                    ready.setAside(seat);
                } else if (leaves && leavesAlone(seat, nowMs)) {
                    ready.setAside(seat);
                    tries--;
                } else {
                    long at = opensAt(seat, request.demand(), nowMs);
                    if (at <= nowMs) {
                        return seat;
                    }
                    someTooSmall |= at == Long.MAX_VALUE;
                    if (seat.ready) {
                        ready.setAside(seat);
                        tries--;
                    }
                }
            }
        }
        boolean all = someTooSmall || (request.waiter() == null && order.size() <= FEW);
        return tries == 0 && all ? largest(request, leaves, nowMs) : null;
    }

    /** Looks at every ready seat, for a call that does not fit everywhere: the one with most room. */
    private Seat largest(LeaseRequest request, boolean leaves, long nowMs) {
        Seat best = null;
        double most = -1;
        for (int i = 0; i < order.size(); i++) {
            var account = order.get(i);
            for (var seat : account.seats()) {
                boolean mayTake = seat.ready
                        && (best == null || seat.priority() <= best.priority())
                        && !request.avoids(account.account())
                        && !(leaves && leavesAlone(seat, nowMs));
                long at = mayTake ? seat.opensAt(request.demand(), nowMs) : Long.MAX_VALUE;
                if (at <= nowMs && (best == null || seat.priority() < best.priority() || seat.headroom(nowMs) > most)) {
                    best = seat;
                    most = seat.headroom(nowMs);
                } else if (at < Long.MAX_VALUE) {
                    promises.found(seat, at);
                }
            }
        }
        return best;
    }

    private boolean leavesAlone(Seat seat, long nowMs) {
        boolean alone = seat.headroom(nowMs) <= LEFT_BY_BATCH;
        if (alone) {
            seats.lookAgain(nowMs + BATCH_AGAIN_MS);
        }
        return alone;
    }

    private Seat pinned(LeaseRequest request, boolean leaves, long nowMs) {
        var account = accounts.get(request.pinnedGroup());
        if (account != null && !request.avoids(account.account())) {
            for (var seat : account.seats()) {
                if (seat.ready
                        && !(leaves && leavesAlone(seat, nowMs))
                        && opensAt(seat, request.demand(), nowMs) <= nowMs) {
                    return seat;
                }
            }
        }
        return null;
    }

    /** When a ready seat takes the call; if not now, it goes to rest when a usual call would not fit either. */
    private long opensAt(Seat seat, Demand demand, long nowMs) {
        long at = seat.opensAt(demand, nowMs);
        if (at <= nowMs) {
            return at;
        }
        long forOthers = at;
        var small = typical.small();
        if (seat.owner().restedAt() <= nowMs && TypicalCall.less(small, demand)) {
            forOthers = seat.opensAt(small, nowMs);
        }
        if (forOthers > nowMs) {
            seats.rest(seat, forOthers);
        } else {
            promises.found(seat, at);
        }
        return at;
    }

    /** Among seats that rest for a while, one that this call would find open, since something has changed or it is small. */
    Seat recheck(LeaseRequest request, long nowMs) {
        var resting = seats.resting();
        int looks = Math.min(FEW, resting.size());
        for (int i = 0; i < looks; i++) {
            var seat = resting.at(i);
            var account = seat.owner().account();
            boolean wrong =
                    request.pinnedGroup() != null && !request.pinnedGroup().equals(account.name());
            if (seat.promisedTo == null
                    && !wrong
                    && !request.avoids(account)
                    && !(leavesSome(request, nowMs) && leavesAlone(seat, nowMs))
                    && seat.opensAt(request.demand(), nowMs) <= nowMs) {
                seats.wake(seat);
                return seat;
            }
        }
        return null;
    }

    /** When time alone may change something for those who wait. */
    long nextChange(long nowMs) {
        long at = seats.nextChange();
        long providerAt = Math.max(endpoint.opensAt(nowMs), provider.opensAt(nowMs, silentMs()));
        return providerAt > nowMs && seats.anyReady() ? providerAt : Math.max(at, providerAt);
    }
}
