package dev.fairlead.operator.simulate.dialect;

import dev.fairlead.operator.simulate.account.Caller;

/** The head of a call whose credential is good. */
public record Inbound(String method, String path, Caller caller) {}
