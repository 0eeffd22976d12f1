package dev.fairlead.operator.simulate.fault;

import dev.fairlead.operator.simulate.dialect.Endpoint;

/** The call that a fault may strike. */
public record Target(Endpoint endpoint, String account, String key, String model, boolean stream) {}
