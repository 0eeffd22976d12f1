package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.pool.Lease;
import dev.fairlead.sidecar.pool.LeaseRefusal;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds a key for a call among the targets of its model, in rounds: one before each attempt.
 *
 * <p>A round asks the targets with the model that is wanted, in order, for a key at once; those with another model only when
 * the former are not expected back within the route's patience, or cannot be waited for at all. When none has a key, the call
 * stands in line at every target that expects one in time; the first that has one serves it, and the other places are given up.
 * When none expects one, the round has failed at once, since waiting could not help.
 */
final class KeySearch {
    private static final long NOT_WAITING = -1;

    private final Exchange exchange;
    private final Dispatch dispatch;
    private final Candidates targets;
    private final Ask[] asks;
    private Ask asking;
    private int position;
    private boolean othersToo;
    private boolean stays;
    private boolean lining;
    private long waitingSince = NOT_WAITING;
    private Deadlines.Entry patience;

    KeySearch(Exchange exchange, Dispatch dispatch, LiveModel model) {
        this.exchange = exchange;
        this.dispatch = dispatch;
        targets = new Candidates(model, exchange.shared.loopIndex, dispatch::upstreamModel);
        asks = new Ask[targets.size()];
    }

    /** Begins a round. */
    void begin() {
        for (var ask : asks) {
            if (ask != null) {
                ask.forget();
            }
        }
        stays = false;
        pass(false);
    }

    private void pass(boolean withOthers) {
        othersToo = withOthers;
        position = 0;
        askNext();
    }

    private void askNext() {
        while (position < targets.count()) {
            int target = targets.at(position);
            position++;
            if (targets.open(target) && targets.otherModel(target) == othersToo) {
                asking = ask(target);
                asking.now(exchange.deadlineMs());
                return;
            }
        }
        asking = null;
        if (othersLeft() && expectedWaitMs() > patienceLeftMs()) {
            pass(true);
        } else {
            standInLine();
        }
    }

    /** The question at this target. */
    Ask ask(LiveTarget target) {
        return ask(targets.indexOf(target));
    }

    private Ask ask(int target) {
        var ask = asks[target];
        if (ask == null) {
            asks[target] = new Ask(this, dispatch, targets.target(target));
        } else if (!ask.usable()) {
            asks[target] = ask.renewed();
        }
        return asks[target];
    }

    /** Whether there are targets with another model, that have not been asked in this round and may be. */
    private boolean othersLeft() {
        return !othersToo && !stays && targets.anyOtherModel();
    }

    private long expectedWaitMs() {
        var soonest = soonest();
        return soonest == null ? Long.MAX_VALUE : soonest.refusal().availableInMs();
    }

    /** The target whose key is expected first of all that were asked in this round; {@code null} when there was none to ask. */
    private Ask soonest() {
        Ask soonest = null;
        for (int i = 0; i < targets.count(); i++) {
            var ask = asks[targets.at(i)];
            boolean asked = targets.open(targets.at(i)) && ask != null && ask.refusal() != null;
            if (asked
                    && (soonest == null
                            || ask.refusal().availableInMs() < soonest.refusal().availableInMs())) {
                soonest = ask;
            }
        }
        return soonest;
    }

    private long patienceLeftMs() {
        long waitedMs = (exchange.facts.waitUs + waitedUs()) / 1_000;
        return Math.max(0, exchange.routing.route().config().fallback().patienceMs() - waitedMs);
    }

    private long waitedUs() {
        return waitingSince == NOT_WAITING ? 0 : exchange.elapsedUs() - waitingSince;
    }

    private void standInLine() {
        lining = true;
        for (int i = 0; i < targets.count() && lining; i++) {
            var ask = asks[targets.at(i)];
            if (targets.open(targets.at(i)) && ask != null && !ask.parked() && comesInTime(ask)) {
                if (waitingSince == NOT_WAITING) {
                    waitingSince = exchange.elapsedUs();
                    exchange.facts.pool = soonest().target.pool().id();
                    noteLimit(soonest().refusal());
                }
                ask.until(exchange.deadlineMs());
            }
        }
        if (!lining) {
            return; // A key has come meanwhile.
        }
        lining = false;
        if (!anyParked() && othersLeft()) {
            pass(true); // However patient the route is: there is nothing to wait for.
        } else if (!anyParked()) {
            end();
            var refusal = soonest() == null ? null : soonest().refusal();
            noteLimit(refusal);
            dispatch.nowhere(refusal, refusals());
        } else if (othersLeft()) {
            watchPatience();
        }
    }

    private void noteLimit(LeaseRefusal refusal) {
        if (refusal != null && exchange.facts.limit == null) {
            exchange.facts.limit = refusal.limit();
            exchange.facts.tooLarge = refusal.kind() == LeaseRefusal.Kind.TOO_LARGE;
        }
    }

    private boolean comesInTime(Ask ask) {
        var refusal = ask.refusal();
        return refusal != null
                && !ask.stoodInVain()
                && refusal.availableInMs() != Long.MAX_VALUE
                && refusal.kind() != LeaseRefusal.Kind.QUEUE_FULL
                && exchange.shared.loop.nowMs() + refusal.availableInMs() <= exchange.deadlineMs();
    }

    private boolean anyParked() {
        for (var ask : asks) {
            if (ask != null && ask.parked()) {
                return true;
            }
        }
        return false;
    }

    /** Those who have refused in this round, for the final words. */
    List<Ask> refusals() {
        var refused = new ArrayList<Ask>(targets.count());
        for (int i = 0; i < targets.count(); i++) {
            var ask = asks[targets.at(i)];
            if (ask != null && ask.refusal() != null) {
                refused.add(ask);
            }
        }
        return refused;
    }

    private void watchPatience() {
        if (patience == null) {
            patience = new Deadlines.Entry(this::outOfPatience);
        }
        exchange.shared.deadlines.forget(patience);
        patience.dueAt(exchange.shared.loop.nowMs() + patienceLeftMs());
        exchange.shared.deadlines.watch(patience);
    }

    private void outOfPatience() {
        exchange.shared.deadlines.forget(patience);
        if (asking == null && anyParked() && othersLeft()) {
            pass(true);
        }
    }

    void granted(Ask ask, Lease lease, long predictedUs) {
        long waited = end();
        dispatch.found(ask, lease, waited, predictedUs);
    }

    void refused(Ask ask, LeaseRefusal refusal) {
        if (refusal.kind() == LeaseRefusal.Kind.REPLAN) {
            end();
            dispatch.replan();
            return;
        }
        ask.note(refusal);
        if (ask == asking) {
            if (!mayMoveOn(refusal)) {
                stays = true;
                position = targets.count();
            }
            askNext();
        } else if (!lining && asking == null && !anyParked()) {
            leftTheLine(ask);
        }
    }

    /** Every place in line has been lost. */
    private void leftTheLine(Ask last) {
        if (othersLeft()) {
            pass(true);
            return;
        }
        exchange.facts.predictedWaitUs = last.predictedUs();
        end();
        dispatch.nowhere(soonest().refusal(), refusals());
    }

    private boolean mayMoveOn(LeaseRefusal refusal) {
        var kind = Unavailable.fallbackKind(refusal);
        return kind == null || exchange.routing.route().config().fallback().on().contains(kind);
    }

    /** Gives up every place and question; how long the call has waited in this round, microseconds. */
    long end() {
        asking = null;
        lining = false;
        long waited = waitedUs();
        exchange.facts.waitUs += waited;
        waitingSince = NOT_WAITING;
        if (patience != null) {
            exchange.shared.deadlines.forget(patience);
        }
        for (var ask : asks) {
            if (ask != null) {
                ask.takeBack();
            }
        }
        return waited;
    }

    /** How long the call has stood in a pool's line until now, milliseconds. */
    long waitedMs(LivePool pool) {
        return exchange.inLine.waitedMs(pool.id(), exchange.elapsedUs());
    }

    /** The call takes a place in a pool's line. */
    void enters(LivePool pool) {
        exchange.inLine.enter(pool.id(), exchange.elapsedUs());
    }

    /** The call leaves a place in a pool's line. */
    void leaves(LivePool pool) {
        exchange.inLine.leave(pool.id(), exchange.elapsedUs());
    }

    /** Not this account again. */
    void avoid(LiveTarget target, String group) {
        ask(target).avoid(group);
    }

    /** The targets that are asked. */
    Candidates targets() {
        return targets;
    }
}
