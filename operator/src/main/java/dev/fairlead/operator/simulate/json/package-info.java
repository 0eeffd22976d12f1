/**
 * How the simulator reads what people write for it (profiles and faults): strictly, and with complaints that name the
 * place. Stateless; any thread.
 */
package dev.fairlead.operator.simulate.json;
