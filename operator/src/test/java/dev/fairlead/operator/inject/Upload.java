package dev.fairlead.operator.inject;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocket;

/** A client that sends a review as slowly as it likes. */
final class Upload implements AutoCloseable {
    private static final int READ_MILLIS = 30_000;

    private final SSLSocket socket;
    private final BufferedReader answer;

    Upload(WebhookRig rig) throws Exception {
        socket = (SSLSocket) TestCertificates.trusting(rig.trust.current().orElseThrow())
                .getSocketFactory()
                .createSocket("127.0.0.1", rig.port());
        socket.setSoTimeout(READ_MILLIS);
        answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    void begin(int length) throws IOException {
        send(("POST /mutate HTTP/1.1\r\nhost: localhost\r\ncontent-length: " + length + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Whether it could be written: the server may have gone. */
    boolean trySend(byte[] bytes) {
        try {
            send(bytes);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    String statusLine() throws IOException {
        return answer.readLine();
    }

    /** Reads on; a server that leaves the connection open is a time-out. */
    boolean isClosedByServer() {
        try {
            while (answer.readLine() != null) {
                // The rest of the answer.
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            // Reset, while something was still on its way.
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
