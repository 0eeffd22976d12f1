package dev.fairlead.operator.inject;

import io.fabric8.kubernetes.api.model.ObjectReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What was counted and told. */
final class Told implements InjectionObserver, InjectionEvents {
    final List<InjectionReason> counted = new CopyOnWriteArrayList<>();
    final List<ReviewFault> refused = new CopyOnWriteArrayList<>();
    final List<Event> events = new CopyOnWriteArrayList<>();

    record Event(ObjectReference regarding, InjectionReason reason, String note) {}

    @Override
    public void decided(InjectionReason reason) {
        counted.add(reason);
    }

    @Override
    public void refused(ReviewFault fault) {
        refused.add(fault);
    }

    @Override
    public void emit(ObjectReference regarding, InjectionReason reason, String note) {
        events.add(new Event(regarding, reason, note));
    }
}
