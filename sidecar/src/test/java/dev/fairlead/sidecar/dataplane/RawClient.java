package dev.fairlead.sidecar.dataplane;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client to the byte: what no HTTP library would send, and what it would hide. */
final class RawClient {
    private RawClient() {}

    /** Everything that came back before the connection ended. */
    record Raw(String text) {
        int status() {
            return Integer.parseInt(text.substring(9, 12));
        }

        String body() {
            return text.substring(text.indexOf("\r\n\r\n") + 4);
        }

        /** Whether a chunked answer came to its proper end. */
        boolean complete() {
            return text.endsWith("0\r\n\r\n");
        }
    }

    static Socket open(int port) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(15_000);
        return socket;
    }

    static String post(String body) {
        return "POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
                + "content-length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    /** Sends these bytes and reads until the sidecar closes, or until an answer without a body has to be complete. */
    static Raw exchange(int port, String bytes) throws IOException {
        try (var socket = open(port)) {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
            return readAll(socket);
        }
    }

    /** Reads to the end of the connection or of a chunked answer. */
    static Raw readAll(Socket socket) throws IOException {
        var all = new ByteArrayOutputStream();
        var buffer = new byte[64 * 1024];
        try {
            for (int n = socket.getInputStream().read(buffer);
                    n >= 0;
                    n = socket.getInputStream().read(buffer)) {
                all.write(buffer, 0, n);
                if (n >= 5 && new String(buffer, n - 5, 5, StandardCharsets.US_ASCII).equals("0\r\n\r\n")) {
                    break;
                }
            }
        } catch (IOException e) {
            if (all.size() == 0) {
                throw e;
            }
        }
        return new Raw(all.toString(StandardCharsets.UTF_8));
    }
}
