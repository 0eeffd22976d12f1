package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.provider.HeaderLookup;
import io.netty.buffer.ByteBuf;

/** Carries a provider's answer to the client and taps its usage. */
interface Relay {
    /** A piece of the answer. */
    void data(ByteBuf piece);

    /** The answer is complete. */
    void end();

    /** Whether anything has been sent to the client: from then on nothing can be tried again. */
    boolean begun();

    /** The answer has broken off after it {@link #begun() began}. */
    void cut(UpstreamFailure failure);

    /** The client has gone: what is known of the usage is kept. */
    void abandoned();

    /** The attempt is over: gives back what the relay holds. */
    void close();

    /** Whether an answer says that it is a stream of events. */
    static boolean isStream(HeaderLookup headers) {
        var type = headers.get("content-type");
        return type != null && type.regionMatches(true, 0, "text/event-stream", 0, 17);
    }

    /** The relay for an answer: a stream is one that says so. */
    static Relay of(Exchange exchange, ProviderCall call, int status, HeaderLookup headers, boolean askedForUsage) {
        return isStream(headers)
                ? new StreamRelay(exchange, call, status, headers, askedForUsage)
                : new WholeRelay(exchange, call, status, headers);
    }
}
