package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.pool.quota.Quotas;
import dev.fairlead.sidecar.pool.select.SelectionStrategy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
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
    private static final long LATELY_MS = 600_000;

    private final String model;
    private final Endpoint endpoint;
    private final Map<String, AccountModel> accounts = new HashMap<>();
    private final List<AccountModel> order = new ArrayList<>();
    private final BoardQueues queues = new BoardQueues();
    private final Seats seats =
            new Seats(seat -> queues.opened(seat.owner().account().name()));
    private final ProviderModel provider = new ProviderModel();
    private final Promises promises = new Promises(seats, queues);
    private final TypicalCall typical = new TypicalCall();
    private final Courtesy courtesy = new Courtesy();
    private final SeatChoice choice = new SeatChoice(accounts, order, seats, promises, typical, courtesy);
    private final Foresight foresight = new Foresight();
    private final Refusals refusals = new Refusals();
    private final Pace pace = new Pace();
    private int inFlight;
    private long usedAtMs;
    /** When and whether to look at it: the agenda's. */
    long lookAt;

    boolean onAgenda;
    boolean marked;
    /** Whether those who found no seat before are to be looked at again. */
    boolean looksAtAll;

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

    SeatChoice choice() {
        return choice;
    }

    Promises promises() {
        return promises;
    }

    Foresight foresight() {
        return foresight;
    }

    Pace pace() {
        return pace;
    }

    Refusals refusals() {
        return refusals;
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
        var before = new IdentityHashMap<Account, AccountModel>();
        order.forEach(known -> before.put(known.account(), known));
        order.clear();
        accounts.clear();
        var ready = new TreeMap<Integer, ReadySeats>();
        for (var account : keyring.accounts()) {
            var known = before.remove(account);
            boolean same = known != null;
            var here = same ? known : new AccountModel(account, this, quotas.account(account.name(), model));
            var places = seatsOf(here, account, quotas);
            if (places.length == 0 && !same) {
                continue;
            }
            if (!same) {
                account.models().add(here);
            }
            here.seats(places);
            accounts.put(account.name(), here);
            order.add(here);
            for (var seat : places) {
                ready.computeIfAbsent(seat.priority(), p -> readySeats(p, config))
                        .enter(seat);
            }
        }
        before.values().forEach(Board::leave);
        seats.become(ready.values());
        refusals.forget();
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

    /** Whether other accounts than this one are lately served with the model: then what it was told is its own affair. */
    boolean servedBeside(AccountModel one, long nowMs) {
        for (var account : order) {
            if (account != one && account.servesLately(nowMs)) {
                return true;
            }
        }
        return false;
    }

    /** It will not be asked any more. */
    void close() {
        order.forEach(Board::leave);
    }

    private static void leave(AccountModel gone) {
        gone.account().models().remove(gone);
        gone.gate().wanted(0, 0, 0);
    }

    /** Whether nobody waits and no call is on its way: only then it may be forgotten. */
    boolean free() {
        return waiting() == 0 && inFlight == 0;
    }

    /** How long something rests that is known here alone, milliseconds. */
    long restLeftMs(long nowMs) {
        // Of names that clients choose many may be gone: who asks again finds out again.
        long until = provider.restsAsGone(nowMs) ? nowMs : provider.restedAt();
        for (var account : order) {
            until = Math.max(
                    until,
                    account.restsAsGone(nowMs) ? nowMs : account.coolDown().opensAt());
        }
        return Math.max(0, until - nowMs);
    }

    /** What is lost with it: 0 for nothing, 1 for the rest of a model that no call was ever served with, 2 for more than that. */
    int rank(boolean rests, long nowMs) {
        boolean inUse = provider.hasServed() && nowMs - usedAtMs < LATELY_MS;
        if (!rests && !inUse) {
            return 0;
        }
        return provider.hasServed() ? 2 : 1;
    }

    /** A call has come for it, or somebody asks about it. */
    void used(long nowMs) {
        usedAtMs = nowMs;
    }

    long usedAtMs() {
        return usedAtMs;
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
        courtesy.asked(request, nowMs);
    }

    void granted(LeaseRequest request, long nowMs) {
        inFlight++;
        queues.went(request);
        courtesy.went(request, nowMs);
    }

    void released() {
        inFlight--;
    }

    /** When time alone may change something for those who wait. */
    long nextChange(long nowMs) {
        long at = seats.nextChange();
        long providerAt = Math.max(endpoint.opensAt(nowMs), provider.opensAt(nowMs, silentMs()));
        return providerAt > nowMs && seats.anyReady() ? providerAt : Math.max(at, providerAt);
    }
}
