package dev.fairlead.operator.compile;

import dev.fairlead.operator.world.Reason;

/**
 * A key of a pool that no call is made with, because of how it is written or what its Secret holds.
 *
 * @param name the key's, or its Secret's where a selector found it
 * @param group its account
 */
public record LeftOutKey(String name, String group, Reason reason) {}
