package dev.fairlead.sidecar.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.Future;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends what is written to a connection during one {@link LoopTurn} as one buffer in one system call: head and body of an
 * answer, and all the events that one read of the provider's socket brought. Stands next to the socket, below TLS.
 *
 * <p>At most {@value #GATHERED_BYTES} bytes are held here; what is beyond goes on to Netty's own queue, which the watermarks
 * of back-pressure are about.
 */
final class GatheredWrites extends ChannelDuplexHandler {
    private static final int GATHERED_BYTES = 16 * 1024;
    private static final int USUAL_BYTES = 2 * 1024;

    private final LoopTurn turn;
    private final List<ChannelPromise> promises = new ArrayList<>(4);
    private ChannelHandlerContext context;
    private ByteBuf gathered;
    private boolean waiting;

    GatheredWrites(LoopTurn turn) {
        this.turn = turn;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        turn.begin(this);
        ctx.fireChannelRead(msg);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        try {
            ctx.fireChannelReadComplete();
        } finally {
            turn.end();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        turn.left(this);
        drop();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        turn.left(this);
        drop();
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        if (!(msg instanceof ByteBuf bytes)
                || !bytes.isReadable()
                || !ctx.channel().isActive()) {
            passOn();
            onward(msg, promise);
            return;
        }
        int more = bytes.readableBytes();
        if (gathered != null && gathered.readableBytes() + more > GATHERED_BYTES) {
            passOn();
        }
        if (more > GATHERED_BYTES) {
            onward(bytes, promise);
            return;
        }
        if (gathered == null) {
            gathered = ctx.alloc().directBuffer(Math.max(USUAL_BYTES, more));
        }
        gathered.writeBytes(bytes);
        bytes.release();
        if (!promise.isVoid()) {
            promises.add(promise);
        }
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        if (!turn.running()) {
            send();
        } else if (!waiting) {
            waiting = true;
            turn.add(this);
        }
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        send();
        var unused = ctx.close(promise);
    }

    /** Everything goes out now. */
    void send() {
        waiting = false;
        passOn();
        context.flush();
    }

    private void passOn() {
        if (gathered == null) {
            return;
        }
        var bytes = gathered;
        gathered = null;
        if (promises.isEmpty()) {
            onward(bytes, context.voidPromise());
        } else if (promises.size() == 1) {
            onward(bytes, promises.remove(0));
        } else {
            var written = List.copyOf(promises);
            promises.clear();
            var together = context.newPromise();
            together.addListener(outcome -> complete(written, outcome));
            onward(bytes, together);
        }
    }

    /** Whoever wants to know holds the promise. */
    private void onward(Object message, ChannelPromise promise) {
        var unused = context.write(message, promise);
    }

    private static void complete(List<ChannelPromise> written, Future<?> outcome) {
        for (var promise : written) {
            if (outcome.isSuccess()) {
                promise.trySuccess();
            } else {
                promise.tryFailure(outcome.cause());
            }
        }
    }

    private void drop() {
        if (gathered != null) {
            gathered.release();
            gathered = null;
        }
        if (!promises.isEmpty()) {
            var failed = List.copyOf(promises);
            promises.clear();
            var cause = new ClosedChannelException();
            failed.forEach(promise -> promise.tryFailure(cause));
        }
    }
}
