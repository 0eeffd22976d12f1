package dev.fairlead.operator.inject;

import java.util.List;

/** What is to become of a pod. */
public sealed interface InjectionDecision {
    /** Why. */
    InjectionReason reason();

    /**
     * It is admitted with its sidecar.
     *
     * @param patch what is still to be changed, in order; empty where the pod has all of it already
     * @param warnings what its author should know, for people to read
     */
    record Inject(List<PatchOperation> patch, List<String> warnings) implements InjectionDecision {
        public Inject {
            patch = List.copyOf(patch);
            warnings = List.copyOf(warnings);
        }

        @Override
        public InjectionReason reason() {
            return patch.isEmpty() ? InjectionReason.ALREADY_INJECTED : InjectionReason.INJECTED;
        }
    }

    /**
     * It is admitted as it is.
     *
     * @param detail what in this pod
     * @param asked whether the pod itself asked for a sidecar, so that its author is told
     */
    record Skip(InjectionReason reason, String detail, boolean asked) implements InjectionDecision {}

    /**
     * It is refused.
     *
     * @param detail what in this pod, and what is expected
     */
    record Deny(InjectionReason reason, String detail) implements InjectionDecision {}
}
