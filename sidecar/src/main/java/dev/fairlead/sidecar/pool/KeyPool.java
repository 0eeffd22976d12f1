package dev.fairlead.sidecar.pool;

import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.provider.LimitSnapshot;
import java.util.ArrayList;
import java.util.List;

/**
 * One pool of keys: grants them, parks calls until one returns, learns from what the provider answers.
 *
 * <p>Every method is called on the pool's home loop with the monotonic time in milliseconds. Listeners are called from inside
 * these methods and may call back.
 */
public final class KeyPool {
    private final Keyring keyring = new Keyring();
    private final EndpointState endpoint = new EndpointState();
    private final WaitingRoom room = new WaitingRoom();
    private final List<Key> candidates = new ArrayList<>();
    private final Alarm alarm;
    private PoolConfig config;
    private SelectionStrategy strategy;
    private CoolDowns coolDowns;
    private int inFlight;

    KeyPool(PoolConfig config, Alarm alarm) {
        this.alarm = alarm;
        use(config);
    }

    void configure(PoolConfig newConfig, long nowMs) {
        if (newConfig.equals(config)) {
            return;
        }
        use(newConfig);
        serveAll(nowMs);
    }

    private void use(PoolConfig newConfig) {
        if (config == null || !config.strategy().equals(newConfig.strategy())) {
            strategy = SelectionStrategy.named(newConfig.strategy());
        }
        config = newConfig;
        coolDowns = new CoolDowns(newConfig.coolDown());
        keyring.configure(newConfig);
    }

    /** Whether this pool's keys may be sent to where that configuration points. */
    boolean sameProvider(PoolConfig other) {
        return config.provider().equals(other.provider()) && config.baseUrl().equals(other.baseUrl());
    }

    /** Answers through the request's listener: at once, or later if the request may wait. */
    public void lease(LeaseRequest request, long nowMs) {
        request.asked(nowMs);
        var key = choose(request, nowMs);
        if (key != null) {
            grant(key, request, nowMs);
            return;
        }
        var block = Block.of(keyring.keys(), endpoint, request, nowMs);
        long latest =
                Math.min(request.deadlineMs(), nowMs + config.waitingRoom().maxWaitMs());
        if (!request.mayWait() || block.availableAt() > latest) {
            request.listener().refused(block.refusal(nowMs));
        } else if (!room.takes(
                request, config.waitingRoom().maxDepth(), config.waitingRoom().maxBytes())) {
            request.listener()
                    .refused(new LeaseRefusal(
                            LeaseRefusal.Kind.QUEUE_FULL, block.cause(), Times.until(block.availableAt(), nowMs)));
        } else {
            request.until(latest);
            room.add(request);
            arm(nowMs);
        }
    }

    /** The caller is gone; a lease that was granted meanwhile is the caller's to settle. */
    public void cancel(LeaseRequest request) {
        room.remove(request);
    }

    /** The provider has taken the call: a status line that is no limit has arrived. */
    public void accepted(Lease lease, LimitSnapshot limits, long nowMs) {
        var state = lease.key().group().model(lease.model(), nowMs);
        lease.key().accepted();
        lease.key().group().accepted();
        endpoint.accepted(lease.model(), nowMs);
        state.accepted();
        state.corrected(limits);
        serve(lease.model(), nowMs);
    }

    /** Gives a lease back; a second time does nothing. */
    public void settle(Lease lease, Outcome outcome, long nowMs) {
        if (!lease.settle()) {
            return;
        }
        var key = lease.key();
        key.released();
        key.group().model(lease.model(), nowMs).released();
        inFlight--;
        if (outcome instanceof Outcome.Failed failed) {
            coolDowns.apply(failed.verdict(), key, lease.model(), endpoint, nowMs);
        }
        if (lease.probe()) {
            endpoint.breaker().released();
        }
        serveAll(nowMs);
    }

    /** The alarm rang: time has brought keys back, or deadlines have passed. */
    public void tick(long nowMs) {
        for (var group : keyring.groups()) {
            for (var state : group.modelsByName().values()) {
                state.acceptSilentProbe(nowMs);
            }
        }
        serveAll(nowMs);
        for (var late = room.expired(nowMs); late != null; late = room.expired(nowMs)) {
            late.listener()
                    .refused(Block.of(keyring.keys(), endpoint, late, nowMs).refusal(nowMs));
        }
        arm(nowMs);
    }

    /** Sends everybody who waits back to plan the call again: this pool is no longer theirs. */
    void dissolve() {
        for (var model : room.models()) {
            for (var waiter = room.first(model); waiter != null; waiter = room.first(model)) {
                room.remove(waiter);
                waiter.listener().refused(new LeaseRefusal(LeaseRefusal.Kind.REPLAN, null, 0));
            }
        }
    }

    /** How the pool stands; for people and metrics, not for decisions. */
    public PoolView view(long nowMs) {
        return new PoolView(
                config.id(),
                config.provider(),
                room.depth(),
                inFlight,
                keyring.keys().stream().map(key -> KeyViews.of(key, nowMs)).toList());
    }

    /** Why a call would not get a key now, or {@code null} when it would; changes nothing. */
    public LeaseRefusal predict(LeaseRequest request, long nowMs) {
        return eligible(request, nowMs)
                ? null
                : Block.of(keyring.keys(), endpoint, request, nowMs).refusal(nowMs);
    }

    private void serveAll(long nowMs) {
        if (room.depth() > 0) {
            for (var model : room.models()) {
                serve(model, nowMs);
            }
            arm(nowMs);
        }
    }

    private void serve(String model, long nowMs) {
        for (var waiter = room.first(model); waiter != null; waiter = room.first(model)) {
            var key = choose(waiter, nowMs);
            if (key == null) {
                if (waiter.avoidsAny()) {
                    servePastFirst(model, nowMs);
                }
                return;
            }
            room.remove(waiter);
            grant(key, waiter, nowMs);
        }
    }

    /** The first in line may not use the keys that are free; those behind it may. */
    private void servePastFirst(String model, long nowMs) {
        for (var waiter : List.copyOf(room.waitersFor(model))) {
            var key = waiter.waiting() ? choose(waiter, nowMs) : null;
            if (key != null) {
                room.remove(waiter);
                grant(key, waiter, nowMs);
            }
        }
    }

    private boolean eligible(LeaseRequest request, long nowMs) {
        candidates.clear();
        if (!endpoint.breaker().admits(nowMs) || endpoint.overloadedUntil(request.model()) > nowMs) {
            return false;
        }
        var keys = keyring.keys();
        for (int i = 0; i < keys.size(); i++) {
            var key = keys.get(i);
            if (!request.avoids(key.group()) && key.admits(request.model(), nowMs)) {
                candidates.add(key);
            }
        }
        return !candidates.isEmpty();
    }

    private Key choose(LeaseRequest request, long nowMs) {
        return eligible(request, nowMs) ? strategy.choose(candidates, request.model(), nowMs) : null;
    }

    private void grant(Key key, LeaseRequest request, long nowMs) {
        key.granted();
        key.group().model(request.model(), nowMs).granted(nowMs);
        boolean probe = endpoint.breaker().granted();
        inFlight++;
        request.listener().granted(new Lease(key, request.model(), nowMs - request.askedMs(), probe));
    }

    /** Asks to be woken at the next moment at which time alone could change anything for somebody who waits. */
    private void arm(long nowMs) {
        if (room.depth() == 0) {
            return;
        }
        long next = room.nextDeadline();
        for (var model : room.models()) {
            next = Math.min(next, nextChange(model, nowMs));
        }
        alarm.ringAt(Math.max(nowMs + 1, next));
    }

    /** Who comes behind somebody that avoids an account may be served by that account, and earlier. */
    private long nextChange(String model, long nowMs) {
        long next = Long.MAX_VALUE;
        for (var waiter : room.waitersFor(model)) {
            next = Math.min(
                    next, Block.of(keyring.keys(), endpoint, waiter, nowMs).nextChange());
            if (!waiter.avoidsAny()) {
                break;
            }
        }
        return next;
    }
}
