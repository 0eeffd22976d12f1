package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.config.CoordinationConfig;
import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.fleet.PoolAnswer;
import dev.fairlead.sidecar.fleet.PoolReport;
import dev.fairlead.sidecar.pool.quota.Quotas;
import dev.fairlead.sidecar.provider.AdmissionRule;
import dev.fairlead.sidecar.provider.FailureClass;
import dev.fairlead.sidecar.provider.LimitSnapshot;
import java.util.Map;

/**
 * One pool of keys: grants them, parks calls until one returns, learns from what the provider answers.
 *
 * <p>Every method is called on the pool's home loop with the monotonic time in milliseconds. Listeners are called from inside
 * these methods and may call back.
 */
public final class KeyPool {
    private final WallClock clock = new WallClock();
    private final Keyring keyring = new Keyring(clock);
    private final Endpoint endpoint = new Endpoint();
    private final Quotas quotas;
    private final WaitingRoom room = new WaitingRoom();
    private final Boards boards;
    private final Jitter jitter;
    private final Grants grants;
    private final Server server;
    private final Settling settling;
    private final Pins pins = new Pins();
    private final FleetSide fleet;
    private PoolConfig config;
    private boolean strands;
    private int ended;

    KeyPool(PoolConfig config, AdmissionRule rule, Alarm alarm, long seed, long nowMs) {
        this(config, new Quotas(rule), alarm, seed, nowMs);
    }

    KeyPool(PoolConfig config, Quotas quotas, Alarm alarm, long seed, long nowMs) {
        this.quotas = quotas;
        this.boards = new Boards(keyring, endpoint, quotas);
        this.jitter = new Jitter(seed);
        this.grants = new Grants(endpoint);
        this.server = new Server(boards, endpoint, room, grants, alarm);
        this.settling = new Settling(endpoint, server, grants, jitter);
        this.fleet = new FleetSide(boards, keyring, quotas, room, server, grants, jitter, pins);
        use(config, nowMs);
    }

    void configure(PoolConfig newConfig, long nowMs) {
        if (!newConfig.equals(config)) {
            use(newConfig, nowMs);
        }
    }

    private void use(PoolConfig newConfig, long nowMs) {
        config = newConfig;
        settling.configure(newConfig.coolDown());
        var accounts = keyring.configure(newConfig);
        pins.follow(accounts.renamed(), accounts.replaced());
        quotas.rename(accounts.renamed());
        quotas.configure(newConfig, accounts.identities(), nowMs);
        server.takeBackPromises();
        boards.configure(newConfig, nowMs);
        fleet.configure(newConfig);
        ended = keyring.ended(nowMs);
        server.keysEndAt(keyring.nextEnd(nowMs));
        server.serveAll(nowMs);
        strands = true;
    }

    /** Which account holds what at the provider; safe on every thread. */
    public Pins pins() {
        return pins;
    }

    /** Whether this pool's keys may be sent to where that configuration points. */
    boolean sameProvider(PoolConfig other) {
        return config.provider().equals(other.provider()) && config.baseUrl().equals(other.baseUrl());
    }

    /** What the wall clock shows now, milliseconds since 1970; the end of keys' validity is reckoned by it. */
    void wallClock(long nowMs, long epochMs) {
        if (clock.set(nowMs, epochMs)) {
            boards.wakeAll();
            server.serveAll(nowMs);
        }
        lookAtEnds(nowMs);
    }

    /** Those who wait for a key that has come to its end, and for no other, plan the call again. */
    private void lookAtEnds(long nowMs) {
        server.keysEndAt(keyring.nextEnd(nowMs));
        int now = keyring.ended(nowMs);
        if (now != ended) {
            ended = now;
            server.takeBackPromises();
            boards.wakeAll();
            replanStranded(nowMs);
            server.serveAll(nowMs);
        }
    }

    /** Answers through the request's listener: at once, or later if the request may wait. */
    public void lease(LeaseRequest request, long nowMs) {
        request.asked(nowMs);
        var board = boards.of(request.model(), nowMs);
        board.asked(request, nowMs);
        server.serve(board, nowMs); // Time may have opened seats; who waits comes first.
        board = boards.of(
                request.model(), nowMs); // Those who were served may have asked for so many that it made room.
        var seat = server.seatFor(board, request, nowMs);
        if (seat != null) {
            grants.grant(seat, request, nowMs);
            return;
        }
        long latest = latest(request, request.waitedMs(), nowMs);
        var outlook = outlook(board, request, latest, nowMs);
        var refusal = request.mayWait()
                ? keptOut(board, request, outlook, request.bytes(), nowMs)
                : refusal(board, request, outlook, nowMs);
        if (refusal != null) {
            request.listener().refused(refusal);
        } else {
            request.carriers(outlook.carriers());
            server.park(board, request, latest, outlook.availableAt() - nowMs, nowMs);
            fleet.parked(board, request, nowMs);
        }
    }

    private long latest(LeaseRequest request, long waitedMs, long nowMs) {
        long left = Math.max(0, config.waitingRoom().maxWaitMs() - waitedMs);
        return Math.min(request.deadlineMs(), nowMs + left);
    }

    /** How long a call that has waited so long before can wait so that its key is still of use. */
    private long waits(Board board, LeaseRequest request, Outlook outlook, long waitedMs, long nowMs) {
        long latest = latest(request, waitedMs, nowMs);
        long useful = request.deadlineMs() == Long.MAX_VALUE
                ? latest
                : Math.min(latest, outlook.usefulUntil(request.deadlineMs(), nowMs));
        return useful - nowMs - margin(board, useful - nowMs);
    }

    /** Why there is no key now; that the call has waited before does not count when it is repeated. */
    private LeaseRefusal refusal(Board board, LeaseRequest request, Outlook outlook, long nowMs) {
        return outlook.refusal(waits(board, request, outlook, 0, nowMs), nowMs);
    }

    /** Why a call that would wait is not let in, {@code null} when it is. */
    private LeaseRefusal keptOut(Board board, LeaseRequest request, Outlook outlook, long bytes, long nowMs) {
        if (outlook.availableAt() > nowMs + waits(board, request, outlook, request.waitedMs(), nowMs)) {
            return refusal(board, request, outlook, nowMs);
        }
        if (room.takes(
                request,
                bytes,
                config.waitingRoom().maxDepth(),
                config.waitingRoom().maxBytes())) {
            return null;
        }
        long in = Times.until(outlook.availableAt(), nowMs);
        return new LeaseRefusal(LeaseRefusal.Kind.QUEUE_FULL, outlook.cause(), in, in, outlook.limit());
    }

    private static long margin(Board board, long waitMs) {
        return board.waiting() == 0 ? 0 : board.foresight().margin(waitMs);
    }

    private Outlook outlook(Board board, LeaseRequest request, long latestMs, long nowMs) {
        int before = board.before(request, nowMs);
        return Outlook.of(board, endpoint, request, before, latestMs, nowMs);
    }

    /** The caller is gone; a lease that was granted meanwhile is the caller's to settle. */
    public void cancel(LeaseRequest request, long nowMs) {
        server.cancel(request, nowMs);
        boards.trim(nowMs);
    }

    /** A call that could not leave when it was granted leaves now: it counts from now on. */
    public void sent(Lease lease, long nowMs) {
        settling.sent(lease, nowMs);
    }

    /** The provider has taken the call: a status line that is no limit has arrived. */
    public void accepted(Lease lease, LimitSnapshot limits, long nowMs) {
        settling.accepted(lease, limits, nowMs);
    }

    /** The provider has turned the call away, and its headers say how the account's limits stand. */
    public void heard(Lease lease, LimitSnapshot limits, long nowMs) {
        settling.heard(lease, limits, nowMs);
    }

    /**
     * Gives a lease back; a second time does nothing.
     *
     * @param spent what the account was charged, as far as is known
     */
    public void settle(Lease lease, Outcome outcome, Spent spent, long nowMs) {
        settling.settle(lease, outcome, spent, nowMs);
        var board = lease.seat().board();
        if (room.depth() > 0 && board.provider().restsAsGone(nowMs)) {
            server.takeBackPromises(board);
            for (var waiter = board.queues().any();
                    waiter != null;
                    waiter = board.queues().any()) {
                turnAway(waiter, nowMs); // Nobody waits for hours.
            }
        }
        boards.trim(nowMs);
    }

    /** The alarm rang: time has brought keys back, or deadlines have passed. */
    public void tick(long nowMs) {
        if (server.keysEndAt() <= nowMs) {
            lookAtEnds(nowMs);
        }
        server.serveDue(nowMs);
        for (var late = room.late(nowMs); late != null; late = room.late(nowMs)) {
            late.board().foresight().waited(late.predictedMs(), nowMs - late.sinceMs());
            turnAway(late, nowMs);
        }
        server.serveFreed(nowMs);
        boards.trim(nowMs);
    }

    private void turnAway(Waiter waiter, long nowMs) {
        var request = server.giveUp(waiter);
        request.listener()
                .refused(outlook(waiter.board(), request, nowMs, nowMs).refusal(0, nowMs));
    }

    /** Sends everybody who waits back to plan the call again: this pool is no longer theirs. */
    void dissolve(long nowMs) {
        quotas.close();
        server.takeBackPromises();
        for (var waiter = boards.anyWaiter(); waiter != null; waiter = boards.anyWaiter()) {
            server.leave(waiter).listener().refused(new LeaseRefusal(LeaseRefusal.Kind.REPLAN, null, 0));
        }
    }

    /**
     * Sends those back to plan the call again who wait for accounts that the newest configuration does not have any more: nothing
     * that can happen here would serve them. Once that configuration is in force, since they plan by what is.
     */
    void sendBackStranded(long nowMs) {
        if (!strands) {
            return;
        }
        strands = false;
        replanStranded(nowMs);
    }

    private void replanStranded(long nowMs) {
        for (var request : server.takeOutStranded(nowMs)) {
            request.listener().refused(new LeaseRefusal(LeaseRefusal.Kind.REPLAN, null, 0));
        }
    }

    /** How the pool stands; for people and metrics, not for decisions. */
    public PoolView view(long nowMs) {
        return PoolViews.of(config, keyring, room, grants, nowMs);
    }

    /** How many keys cannot take a call of a model now, by why; for people. */
    public Map<FailureClass, Integer> resting(String model, long nowMs) {
        return RestCounts.of(boards.of(model, nowMs), nowMs);
    }

    /** What all accounts have left of a model together, as far as limits are configured or were told; for clients. */
    public LimitSnapshot standing(String model, long nowMs) {
        var all = LimitSnapshot.NOTHING;
        for (var account : boards.of(model, nowMs).accounts()) {
            all = all.plus(account.gate().standing(nowMs));
        }
        return all;
    }

    /**
     * What a call that may wait would come to now; changes nothing that matters. Its body is taken to be no smaller than those of
     * the calls that wait.
     */
    public Prediction predict(LeaseRequest request, long nowMs) {
        request.asked(nowMs);
        var board = boards.of(request.model(), nowMs);
        server.serve(board, nowMs);
        var seat = server.seatFor(board, request, nowMs);
        if (seat != null) {
            return Prediction.served(
                    seat.keyInTurn(request.demand(), nowMs).config().name());
        }
        var outlook = outlook(board, request, latest(request, request.waitedMs(), nowMs), nowMs);
        var keptOut = keptOut(board, request, outlook, Math.max(request.bytes(), room.usualBytes()), nowMs);
        return keptOut == null
                ? Prediction.waits(refusal(board, request, outlook, nowMs))
                : Prediction.refused(keptOut);
    }

    /**
     * What this pool says to the fleet.
     *
     * @param mode the pool's limits are in it only when this is how it shares them
     * @param epochMs the wall clock, milliseconds since 1970
     */
    public PoolReport report(CoordinationConfig.Mode mode, long nowMs, long epochMs) {
        wallClock(nowMs, epochMs);
        return fleet.report(mode, nowMs);
    }

    /** What the fleet says to this pool. */
    public void apply(PoolAnswer answer, long nowMs) {
        fleet.apply(answer, nowMs);
    }

    /** Until the next {@link #apply} nobody gives it a larger share: what calls wait for is its own windows. */
    public void alone() {
        quotas.alone();
    }

    /** Calls back, on the home loop and perhaps often, when a call waits for a share of a limit. */
    public void onNeed(Runnable listener) {
        fleet.onNeed(listener);
    }
}
