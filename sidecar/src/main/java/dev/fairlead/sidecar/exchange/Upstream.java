package dev.fairlead.sidecar.exchange;

/** The way to one provider from one event loop: its connections. */
public interface Upstream {
    /**
     * Sends a request. The listener is called on this loop, never inside this call.
     *
     * @return the handle to give it up or slow it down
     */
    UpstreamCall send(UpstreamRequest request, UpstreamListener listener);
}
