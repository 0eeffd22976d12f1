package dev.fairlead.operator.inject;

/** Counts. Called on workers and event loops; must not block. */
public interface InjectionObserver {
    /** A pod was decided about; not for dry runs. */
    void decided(InjectionReason reason);

    /** A request was refused without a review in the answer. */
    void refused(ReviewFault fault);
}
