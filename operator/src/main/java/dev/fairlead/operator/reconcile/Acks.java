package dev.fairlead.operator.reconcile;

import dev.fairlead.operator.rollout.AckBook;
import dev.fairlead.operator.rollout.AckSummary;
import dev.fairlead.operator.world.ObjectRef;

/** What the connected sidecars of all replicas have said of the latest rollout. Safe on every thread. */
public interface Acks {
    /** Of those that an object reaches, in the latest rollout or a later one than was taken before. Answers from memory. */
    AckSummary summaryOf(ObjectRef object);

    /** Calls {@code listener} when summaries may have changed; it does not block. */
    void onChange(Runnable listener);

    /** What a book says. */
    static Acks of(AckBook book) {
        return new Acks() {
            @Override
            public AckSummary summaryOf(ObjectRef object) {
                return book.summaryOf(object);
            }

            @Override
            public void onChange(Runnable listener) {
                book.onChange(listener);
            }
        };
    }
}
