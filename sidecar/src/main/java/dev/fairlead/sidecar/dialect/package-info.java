/**
 * What every wire format needs under it: a strict, resumable scanner over JSON bytes that reports only the fields somebody
 * asked for, and the framing of server-sent events. No tree, no object per field, no recursion; bytes are an array, an
 * offset and a length.
 *
 * <p>Called by the dialects beneath this package. Every instance belongs to one exchange on one event loop and is not safe for
 * a second thread; a {@link dev.fairlead.sidecar.dialect.JsonShape} is immutable and shared by all.
 */
package dev.fairlead.sidecar.dialect;
