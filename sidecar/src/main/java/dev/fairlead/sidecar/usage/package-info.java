/**
 * What a call used: tokens, normalised over all providers. Filled by the dialects while they tap an answer, read by limits,
 * records and metrics, on the exchange's own event loop.
 */
package dev.fairlead.sidecar.usage;
