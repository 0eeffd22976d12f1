package dev.fairlead.operator.compile;

/** Whose calls are decided about: everything that access depends on but Subscriptions. */
record Caller(String namespace, Tenancy tenancy) {}
