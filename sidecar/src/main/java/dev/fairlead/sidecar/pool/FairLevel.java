package dev.fairlead.sidecar.pool;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Waiters of one class: tenants take turns by tokens in proportion to their weights (start-time fair queueing; by what was
 * expected, and once that is known by what was used), calls of one tenant in order of arrival, but those first that have had a
 * turn and got nothing by it. A tenant that comes anew begins where the others are now, so it neither waits behind another's
 * backlog nor catches up for its absence.
 */
final class FairLevel {
    private static final int MAX_COUNTED = 32;
    private static final int SWEEP = 64;

    private final Map<String, Flow> flows = new HashMap<>(4);
    private final PriorityQueue<Flow> turns = new PriorityQueue<>();
    private double virtual;
    private int waiting;
    private int gone;
    /** Its turn among the lines of its class at the board, and whether it may be offered a seat. */
    double start;

    boolean offered;
    final long number;

    /** @param number goes first of two whose turns are the same */
    FairLevel(long number) {
        this.number = number;
    }

    /** One tenant's line. */
    static final class Flow implements Comparable<Flow> {
        private final ArrayDeque<Waiter> line = new ArrayDeque<>(4);
        private double start;
        private double finish;
        private long sinceMs;
        private int weight;
        private int waiting;
        private boolean inTurn;
        private double owed;

        /** A call of this tenant has used so much more than its turn was charged, or less; its next turn pays. */
        void correct(double tokens) {
            owed += tokens;
        }

        private void paid(double start, double cost) {
            finish = start + (cost + owed) / weight;
            owed = 0;
        }

        @Override
        public int compareTo(Flow other) {
            int byTurn = Double.compare(start, other.start);
            return byTurn != 0 ? byTurn : Long.compare(sinceMs, other.sinceMs);
        }
    }

    int waiting() {
        return waiting;
    }

    void add(Waiter waiter) {
        var request = waiter.request();
        var flow = flows.computeIfAbsent(request.tenant(), t -> new Flow());
        flow.weight = Math.max(1, request.tenantWeight());
        if (request.hadTurn() || waiter.payer != null) {
            flow.line.addFirst(waiter);
        } else {
            flow.line.add(waiter);
        }
        flow.waiting++;
        waiting++;
        waiter.flow = flow;
        if (!flow.inTurn) {
            flow.paid(flow.finish, 0);
            flow.start = Math.max(virtual, flow.finish);
            flow.inTurn = true;
            flow.sinceMs = waiter.sinceMs();
            turns.add(flow);
        }
    }

    /** Whose turn it is, {@code null} when nobody waits. */
    Waiter head() {
        if (waiting == 0) {
            return null;
        }
        while (true) {
            var flow = turns.peek();
            var first = firstOf(flow);
            if (first != null) {
                return first;
            }
            turns.poll();
            flow.inTurn = false;
        }
    }

    private Waiter firstOf(Flow flow) {
        for (var first = flow.line.peek(); first != null; first = flow.line.peek()) {
            if (first.live() && first.flow == flow) {
                return first;
            }
            flow.line.poll();
            gone--;
        }
        return null;
    }

    /** The head has had its turn, at its tenant's cost. */
    void served(Waiter head) {
        var flow = turns.poll();
        flow.line.poll();
        virtual = Math.max(virtual, flow.start);
        flow.paid(flow.start, head.cost());
        flow.inTurn = !flow.line.isEmpty();
        if (flow.inTurn) {
            flow.start = flow.finish;
            flow.sinceMs = flow.line.peek().sinceMs();
            turns.add(flow);
        }
        head.flow = null;
        head.payer = flow;
        left(flow);
    }

    /** A waiter has gone without its turn; its place is swept up later. */
    void forget(Waiter waiter) {
        var flow = waiter.flow;
        waiter.flow = null;
        gone++;
        left(flow);
        if (waiting > 0 && gone > SWEEP && gone > waiting) {
            sweep();
        }
    }

    private void left(Flow flow) {
        flow.waiting--;
        waiting--;
        if (waiting == 0) { // The end of a busy period: nobody is owed anything.
            flows.clear();
            turns.clear();
            virtual = 0;
            gone = 0;
        }
    }

    private void sweep() {
        turns.clear();
        flows.values().removeIf(flow -> {
            flow.line.removeIf(waiter -> waiter.flow != flow);
            flow.inTurn = !flow.line.isEmpty();
            if (flow.inTurn) {
                turns.add(flow);
            }
            return !flow.inTurn && flow.finish + flow.owed / flow.weight <= virtual;
        });
        gone = 0;
    }

    /** How many of those who wait now would go before this one. */
    int before(LeaseRequest request) {
        if (flows.size() > MAX_COUNTED) {
            return waiting;
        }
        var own = flows.get(request.tenant());
        int ownWaiting = own == null || request.hadTurn() ? 0 : own.waiting;
        double turnsNeeded = (ownWaiting + 1.0) / Math.max(1, request.tenantWeight());
        int before = ownWaiting;
        for (var flow : flows.values()) {
            if (flow != own) {
                before += (int) Math.min(flow.waiting, Math.ceil(turnsNeeded * flow.weight));
            }
        }
        return before;
    }
}
