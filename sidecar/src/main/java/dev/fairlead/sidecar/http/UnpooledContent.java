package dev.fairlead.sidecar.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpClientConnectionInternal;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.impl.buffer.VertxByteBufAllocator;

/**
 * Takes bodies out of Netty's pool before Vert.x sees them. Vert.x does so too, but only when it hands a piece on: what a
 * paused stream has not taken when its connection ends would never come back to the pool. It does not copy again what is not
 * pooled, so that this costs no copy. The same for all connections, on any thread.
 */
@Sharable
public final class UnpooledContent extends ChannelInboundHandlerAdapter {
    static final UnpooledContent ALL = new UnpooledContent();

    private UnpooledContent() {}

    /** From the next piece that is read on; called on the connection's loop. */
    public static void on(HttpConnection connection) {
        var last = connection instanceof HttpServerConnection server
                ? server.channelHandlerContext()
                : ((HttpClientConnectionInternal) connection).channelHandlerContext();
        if (!last.isRemoved()) {
            last.pipeline().addBefore(last.name(), null, ALL);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ctx.fireChannelRead(
                message instanceof HttpContent content && content.content().isReadable() ? unpooled(content) : message);
    }

    private static HttpContent unpooled(HttpContent content) {
        try {
            var pooled = content.content();
            var bytes = VertxByteBufAllocator.DEFAULT.heapBuffer(pooled.readableBytes());
            bytes.writeBytes(pooled);
            return replaced(content, bytes);
        } finally {
            content.release();
        }
    }

    /** With its trailers, and with what the decoder thought of it. */
    private static HttpContent replaced(HttpContent content, ByteBuf bytes) {
        var unpooled = content instanceof LastHttpContent last ? last.replace(bytes) : content.replace(bytes);
        unpooled.setDecoderResult(content.decoderResult());
        return unpooled;
    }
}
