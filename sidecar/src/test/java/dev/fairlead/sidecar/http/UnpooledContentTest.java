package dev.fairlead.sidecar.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class UnpooledContentTest {
    private final EmbeddedChannel connection = new EmbeddedChannel(UnpooledContent.ALL);

    @Test
    void a_piece_of_a_body_is_copied_out_of_the_pool() {
        var pooled = pooled("hello");

        connection.writeInbound(new DefaultHttpContent(pooled));

        HttpContent read = connection.readInbound();
        assertThat(pooled.refCnt()).isZero();
        assertThat(read.content().toString(StandardCharsets.UTF_8)).isEqualTo("hello");
        assertThat(read.content().alloc()).isNotInstanceOf(PooledByteBufAllocator.class);
    }

    @Test
    void the_last_piece_keeps_its_trailers() {
        var pooled = pooled("bye");
        var last = new DefaultLastHttpContent(pooled);
        last.trailingHeaders().set("x-sum", "1");

        connection.writeInbound(last);

        LastHttpContent read = connection.readInbound();
        assertThat(pooled.refCnt()).isZero();
        assertThat(read.content().toString(StandardCharsets.UTF_8)).isEqualTo("bye");
        assertThat(read.trailingHeaders().get("x-sum")).isEqualTo("1");
    }

    @Test
    void what_the_decoder_could_not_read_is_still_said() {
        var broken = new DefaultHttpContent(pooled("?"));
        broken.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("no chunk size")));

        connection.writeInbound(broken);

        HttpContent read = connection.readInbound();
        assertThat(read.decoderResult().cause()).hasMessage("no chunk size");
    }

    @Test
    void other_messages_and_empty_ends_pass_as_they_are() {
        connection.writeInbound(LastHttpContent.EMPTY_LAST_CONTENT);
        connection.writeInbound("a request line");

        assertThat(connection.<Object>readInbound()).isSameAs(LastHttpContent.EMPTY_LAST_CONTENT);
        assertThat(connection.<Object>readInbound()).isEqualTo("a request line");
    }

    private static ByteBuf pooled(String text) {
        return PooledByteBufAllocator.DEFAULT
                .directBuffer()
                .writeBytes(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
    }
}
