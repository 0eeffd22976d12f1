/**
 * One call from its first byte to its record, in a straight line: decode, admit, plan, lease, send, relay, settle. A failed
 * attempt goes back to plan and lease with the client's own body until the first content byte has been sent; never after.
 *
 * <p>Everything of one exchange happens on one event loop, the loop of its client's connection. The network is known only
 * through {@link dev.fairlead.sidecar.exchange.ClientChannel} and {@link dev.fairlead.sidecar.exchange.Upstream}, so that the
 * HTTP layer under it can be exchanged; bytes travel as heap {@code ByteBuf}s. {@link dev.fairlead.sidecar.exchange.Exchanges}
 * is the entry, one per event loop.
 */
package dev.fairlead.sidecar.exchange;
