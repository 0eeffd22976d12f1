package dev.fairlead.sidecar.exchange;

import dev.fairlead.sidecar.dialect.openai.Output;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Collects what of one read goes on to the client: the very buffer when all of it does, a copy when a part was left out. */
final class Forwarding implements Output {
    private ByteBuf piece;
    private ByteBuf collected;

    /** Before feeding a piece; {@code null} when nothing is fed. */
    void begin(ByteBuf newPiece) {
        piece = newPiece;
        collected = null;
    }

    @Override
    public void forward(byte[] bytes, int off, int len) {
        if (len == 0) {
            return;
        }
        boolean whole = collected == null
                && piece != null
                && len == piece.readableBytes()
                && bytes == piece.array()
                && off == piece.arrayOffset() + piece.readerIndex();
        if (whole) {
            collected = piece;
            return;
        }
        if (collected == null) {
            collected = Unpooled.buffer(Math.max(len, piece == null ? 0 : piece.readableBytes()));
        }
        collected.writeBytes(bytes, off, len);
    }

    /** What goes on, {@code null} for nothing. */
    ByteBuf taken() {
        var taken = collected;
        piece = null;
        collected = null;
        return taken;
    }
}
