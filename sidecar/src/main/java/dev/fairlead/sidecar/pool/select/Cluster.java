package dev.fairlead.sidecar.pool.select;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Some of the candidates among which conversations are spread by rendezvous hashing, each in the conversation's own order. */
final class Cluster<C extends Candidate> {
    /** So few calls on their way are no load, whatever the mean. */
    private static final int NO_LOAD = 4;

    private static final long MIX = 0x9e3779b97f4a7c15L;

    private final long nameHash;
    private final List<C> members = new ArrayList<>();
    private final List<C> ready = new ArrayList<>();
    private long weight;

    Cluster(int number) {
        nameHash = NameHash.mix(number + 1);
    }

    /** True when it has never been here before. */
    boolean enter(C candidate) {
        ready.add(candidate);
        if (members.contains(candidate)) {
            return false;
        }
        members.add(candidate);
        weight += candidate.weight();
        return true;
    }

    void leave(C candidate) {
        ready.remove(candidate);
    }

    /** Hands over all that have ever been here, and then those that are away now. */
    void members(Consumer<C> all, Consumer<C> away) {
        members.forEach(all);
        members.stream().filter(one -> !ready.contains(one)).forEach(away);
    }

    boolean anyReady() {
        return !ready.isEmpty();
    }

    /** How far the cluster is from a conversation: less is nearer. Infinite when that is not below the least. */
    double distance(long mixed, double least) {
        return distance(mixed, nameHash, weight, least);
    }

    /** The first in the conversation's order that has room, {@code null} for none. */
    C nearest(long mixed, double boundPerWeight) {
        C best = null;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < ready.size(); i++) {
            var one = ready.get(i);
            double distance = distance(mixed, one.nameHash(), one.weight(), least);
            if (distance < least && hasRoom(one, boundPerWeight)) {
                best = one;
                least = distance;
            }
        }
        return best;
    }

    /** Any that has room, {@code null} for none. */
    C any(double boundPerWeight) {
        for (int i = 0; i < ready.size(); i++) {
            if (hasRoom(ready.get(i), boundPerWeight)) {
                return ready.get(i);
            }
        }
        return null;
    }

    private static boolean hasRoom(Candidate candidate, double boundPerWeight) {
        int inFlight = candidate.inFlight();
        return inFlight < NO_LOAD || inFlight < Math.ceil(boundPerWeight * candidate.weight());
    }

    /** Exponentially distributed with the weight as its rate: the least of several falls to each in proportion. */
    private static double distance(long mixed, long nameHash, long weight, double least) {
        // Both numbers are mixed well already, so a short mix will do: this is done for many candidates of each call.
        long hash = (mixed ^ nameHash) * MIX;
        hash ^= hash >>> 32;
        double uniform = ((hash >>> 11) + 0.5) * 0x1p-53;
        // A logarithm costs more than all the rest, and is at least this.
        return 1 - uniform >= least * weight ? Double.POSITIVE_INFINITY : -Math.log(uniform) / weight;
    }
}
