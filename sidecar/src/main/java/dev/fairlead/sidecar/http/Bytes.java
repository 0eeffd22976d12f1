package dev.fairlead.sidecar.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;

/** Between Vert.x's buffers and the exchange's heap buffers, without a copy where that is possible. */
final class Bytes {
    private Bytes() {}

    /** Vert.x hands out heap buffers; anything else is copied. */
    static ByteBuf heap(Buffer buffer) {
        var bytes = ((BufferInternal) buffer).getByteBuf();
        if (bytes.hasArray()) {
            return bytes;
        }
        var copy = new byte[bytes.readableBytes()];
        bytes.getBytes(bytes.readerIndex(), copy);
        return Unpooled.wrappedBuffer(copy);
    }

    static Buffer buffer(ByteBuf bytes) {
        return BufferInternal.buffer(bytes);
    }

    static Buffer buffer(byte[] bytes) {
        return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes));
    }
}
