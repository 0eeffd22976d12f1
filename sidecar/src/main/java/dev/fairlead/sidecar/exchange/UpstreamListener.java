package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.provider.HeaderLookup;
import io.netty.buffer.ByteBuf;

/** Hears what a provider answers: a head, pieces, then the end; or a failure at any point, after which nothing follows. */
public interface UpstreamListener {
    /** There is a connection, new or kept: the request goes out now. */
    void connected();

    /** Status line and headers have arrived. */
    void head(int status, HeaderLookup headers);

    /** A piece of the body; the listener may keep it. */
    void data(ByteBuf piece);

    /** The body is complete. */
    void end();

    /** No answer, or no further answer. */
    void failed(UpstreamFailure failure);
}
