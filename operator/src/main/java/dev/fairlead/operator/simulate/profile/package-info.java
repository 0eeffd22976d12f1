/**
 * What a simulated provider is like: its models, accounts, limits, other consumers and pace, read from YAML or JSON.
 *
 * <p>Immutable records, checked while they are read. The rest of the simulator only reads them; any thread may.
 */
package dev.fairlead.operator.simulate.profile;
