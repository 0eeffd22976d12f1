package dev.fairlead.operator.inject;

/** What is wrong with a pod. */
record Finding(InjectionReason reason, String detail) {}
