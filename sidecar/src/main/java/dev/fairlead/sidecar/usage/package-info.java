/**
 * What a call used, and what is kept about it. {@link dev.fairlead.sidecar.usage.Usage} counts tokens, normalised over all
 * providers: filled by the dialects while they tap an answer, read by limits, records and metrics, on the exchange's own event
 * loop. {@link dev.fairlead.sidecar.usage.CallFacts} collects one call; {@link dev.fairlead.sidecar.usage.Recorder} settles it
 * on that loop; {@link dev.fairlead.sidecar.usage.RecordWriter} makes JSON lines of it on a thread of its own.
 */
package dev.fairlead.sidecar.usage;
