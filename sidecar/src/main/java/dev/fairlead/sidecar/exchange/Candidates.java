package dev.fairlead.sidecar.exchange;

import java.util.function.Function;

/** The targets of a model in the order in which one call asks them, and which of them it may still ask. */
final class Candidates {
    private final LiveModel model;
    private final Function<LiveTarget, String> sends;
    private final int[] order;
    private final int count;
    private final boolean[] excluded;
    private final String wanted;

    /** @param sends the provider's name of the model at a target */
    Candidates(LiveModel model, int loop, Function<LiveTarget, String> sends) {
        this.model = model;
        this.sends = sends;
        var rotation = model.orders().get(loop);
        order = new int[rotation.size()];
        count = rotation.next(order);
        excluded = new boolean[order.length];
        wanted = count == 0 ? "" : sends.apply(target(order[0]));
    }

    /** How many a call asks, those that it may not ask again included. */
    int count() {
        return count;
    }

    /** Of how many targets the numbers are. */
    int size() {
        return order.length;
    }

    /** The number of the target at this place of the order. */
    int at(int place) {
        return order[place];
    }

    LiveTarget target(int number) {
        return model.targets().get(number);
    }

    int indexOf(LiveTarget target) {
        return model.targets().indexOf(target);
    }

    boolean open(int number) {
        return !excluded[number];
    }

    /** Whether a target has another model than the first one. */
    boolean otherModel(int number) {
        return !ModelNames.same(wanted, sends.apply(target(number)));
    }

    /** Whether there is one with another model that may be asked. */
    boolean anyOtherModel() {
        for (int i = 0; i < count; i++) {
            if (open(order[i]) && otherModel(order[i])) {
                return true;
            }
        }
        return false;
    }

    /** Whether there is one beside this one. */
    boolean anyBeside(LiveTarget target) {
        int self = indexOf(target);
        for (int i = 0; i < count; i++) {
            if (order[i] != self && open(order[i])) {
                return true;
            }
        }
        return false;
    }

    /** Not this one again. */
    void exclude(LiveTarget target) {
        excluded[indexOf(target)] = true;
    }

    /** From now on this one or none. */
    void stayAt(LiveTarget target) {
        int only = indexOf(target);
        for (int i = 0; i < excluded.length; i++) {
            excluded[i] |= i != only;
        }
    }
}
