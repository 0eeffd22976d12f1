package dev.fairlead.operator.simulate.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.nio.charset.StandardCharsets;

/**
 * The connection below HTTP, for providers that misbehave there: bytes of one's own, a close at once, a reset. Vert.x has
 * no public way to it.
 */
// What becomes of a close or of bytes sent to spite the caller is the caller's business.
@SuppressWarnings("FutureReturnValueIgnored")
final class Wire {

    private static final String ENCODER = "httpEncoder";

    private final Channel channel;

    Wire(HttpConnection connection) {
        this.channel = ((ConnectionBase) connection).channel();
    }

    /** Closes in order: the peer sees the end of the stream. */
    void close() {
        channel.close();
    }

    /** Closes with a reset: the peer sees an error. */
    void reset() {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        channel.close();
    }

    /** Sends bytes past the HTTP encoder, then closes in order. */
    void sendAndClose(byte[] bytes) {
        send(bytes).addListener(ChannelFutureListener.CLOSE);
    }

    /** Sends text past the HTTP encoder, then resets. */
    void sendAndReset(String text) {
        send(text.getBytes(StandardCharsets.US_ASCII)).addListener(sent -> reset());
    }

    private ChannelFuture send(byte[] bytes) {
        ChannelHandlerContext encoder = channel.pipeline().context(ENCODER);
        return encoder.writeAndFlush(Unpooled.wrappedBuffer(bytes));
    }
}
