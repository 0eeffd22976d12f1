package dev.fairlead.sidecar.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatheredWritesTest {
    private final LoopTurn turn = new LoopTurn();
    private final EmbeddedChannel connection = new EmbeddedChannel(new GatheredWrites(turn));

    @Test
    void what_is_written_before_a_flush_goes_out_as_one_buffer() {
        var first = connection.write(bytes("head "));
        var second = connection.write(bytes("and "));
        write(bytes("body"));
        assertThat(sent()).isEmpty();

        connection.flush();

        assertThat(sent()).containsExactly("head and body");
        assertThat(List.of(first, second)).allMatch(ChannelFuture::isSuccess);
    }

    @Test
    void a_write_alone_keeps_its_own_promise() {
        var only = connection.write(bytes("a"));

        connection.flush();

        assertThat(only.isSuccess()).isTrue();
        assertThat(sent()).containsExactly("a");
    }

    @Test
    void a_large_buffer_is_not_copied_and_keeps_its_place() {
        var large = Unpooled.wrappedBuffer(new byte[100_000]);
        write(bytes("before"));
        write(large);
        write(bytes("after"));

        connection.flush();

        ByteBuf before = connection.readOutbound();
        assertThat(before.toString(StandardCharsets.UTF_8)).isEqualTo("before");
        before.release();
        assertThat(connection.<Object>readOutbound()).isSameAs(large);
        assertThat(sent()).containsExactly("after");
        large.release();
    }

    @Test
    void no_more_than_a_few_kilobytes_are_held_here() {
        for (int i = 0; i < 100; i++) {
            write(Unpooled.wrappedBuffer(new byte[1_000]));
        }

        assertThat(connection.unsafe().outboundBuffer().totalPendingWriteBytes())
                .as("known to Netty, so that back-pressure sees it")
                .isGreaterThanOrEqualTo(100_000 - 16 * 1024);
        connection.flush();
        assertThat(String.join("", sent())).hasSize(100_000);
    }

    @Test
    void anything_but_bytes_keeps_its_place() {
        write(bytes("a"));
        write("a message");
        write(bytes("b"));

        connection.flush();

        assertThat(sent()).containsExactly("a", "a message", "b");
    }

    @Test
    void flushes_while_another_connection_is_read_wait_for_the_end_of_that_read() {
        var provider = new EmbeddedChannel(new GatheredWrites(turn), new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object event) {
                write(event);
                connection.flush();
            }
        });

        provider.pipeline().fireChannelRead(bytes("event 1;"));
        provider.pipeline().fireChannelRead(bytes("event 2;"));
        assertThat(sent()).isEmpty();
        provider.pipeline().fireChannelReadComplete();

        assertThat(sent()).containsExactly("event 1;event 2;");
    }

    @Test
    void a_turn_ends_with_the_connection_that_it_is_about() {
        var provider = new EmbeddedChannel(new GatheredWrites(turn), new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object event) {
                write(event);
                connection.flush();
            }
        });

        provider.pipeline().fireChannelRead(bytes("last words"));
        provider.close().syncUninterruptibly();

        assertThat(sent()).containsExactly("last words");
        assertThat(turn.running()).isFalse();
    }

    @Test
    void what_was_written_goes_out_before_a_close() {
        var written = connection.write(bytes("goodbye"));

        connection.close().syncUninterruptibly();

        assertThat(sent()).containsExactly("goodbye");
        assertThat(written.isSuccess()).isTrue();
    }

    @Test
    void what_a_broken_connection_cannot_send_is_released_and_reported() {
        var open = new EmbeddedChannel(new GatheredWrites(turn));
        var one = bytes("a");
        var first = open.write(one);
        var second = open.write(bytes("b"));

        open.unsafe().close(open.voidPromise());
        open.runPendingTasks();

        assertThat(List.of(first, second))
                .allSatisfy(write -> assertThat(write.cause()).isInstanceOf(ClosedChannelException.class));
        assertThat(one.refCnt()).isZero();
        var late = bytes("late");
        assertThat(open.write(late).cause()).isInstanceOf(ClosedChannelException.class);
        assertThat(late.refCnt()).isZero();
    }

    private void write(Object message) {
        var unused = connection.write(message, connection.voidPromise());
    }

    private List<String> sent() {
        var sent = new ArrayList<String>();
        for (Object message = connection.readOutbound(); message != null; message = connection.readOutbound()) {
            if (message instanceof ByteBuf buffer) {
                sent.add(buffer.toString(StandardCharsets.UTF_8));
                buffer.release();
            } else {
                sent.add((String) message);
            }
        }
        return sent;
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }
}
