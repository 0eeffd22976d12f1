import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The one call that a run repeats: where it goes and its bytes. */
record Call(InetSocketAddress target, byte[] bytes) {

    /** From options {@code --target HOST:PORT --path PATH --body FILE}. */
    static Call of(Map<String, String> options) {
        String target = options.get("target");
        int colon = target.lastIndexOf(':');
        try {
            byte[] body = Files.readAllBytes(Path.of(options.get("body")));
            byte[] head = ("POST " + options.get("path") + " HTTP/1.1\r\nHost: " + target
                            + "\r\nContent-Type: application/json\r\nAccept: application/json\r\n"
                            + "Authorization: Bearer fairlead\r\nUser-Agent: bench\r\nContent-Length: "
                            + body.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1);
            byte[] bytes = new byte[head.length + body.length];
            System.arraycopy(head, 0, bytes, 0, head.length);
            System.arraycopy(body, 0, bytes, head.length, body.length);
            var address = new InetSocketAddress(
                    target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)));
            return new Call(address, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends the call; it is small enough for an empty socket buffer, so a partial write is an error. */
    void send(SocketChannel channel, ByteBuffer buffer) throws IOException {
        buffer.clear().put(bytes).flip();
        channel.write(buffer);
        if (buffer.hasRemaining()) {
            throw new IOException("socket buffer full: the server does not read");
        }
    }
}
