package dev.fairlead.operator.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairlead.operator.trust.TrustMaterial;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** HTTP/1.1 over TLS by hand, so that a test decides when what is read and sent. Every wait ends after 60 s. */
final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SSLSocket socket;
    private final InputStream in;
    private int status;
    private final Map<String, String> headers = new TreeMap<>();
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

    private RawClient(SSLSocket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    static SSLContext trusting(TrustMaterial material) throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        var pem = new ByteArrayInputStream(material.caBundle().getBytes(StandardCharsets.UTF_8));
        int number = 0;
        for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
            store.setCertificateEntry("ca" + number++, certificate);
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    static RawClient connect(SSLContext tls, int port) throws IOException {
        return connect(tls, port, 64 * 1024);
    }

    /** @param receiveBuffer what the kernel takes in for a client that does not read */
    static RawClient connect(SSLContext tls, int port, int receiveBuffer) throws IOException {
        var plain = new Socket();
        plain.setReceiveBufferSize(receiveBuffer);
        plain.setSoTimeout(PATIENCE_MILLIS);
        plain.setTcpNoDelay(true);
        plain.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
        var socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, "localhost", port, true);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return new RawClient(socket);
    }

    RawClient send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        return this;
    }

    RawClient get(String path, String token) throws IOException {
        var authorization = token == null ? "" : "authorization: Bearer " + token + "\r\n";
        return send("GET " + path + " HTTP/1.1\r\nhost: localhost\r\n" + authorization + "\r\n");
    }

    RawClient post(String path, String token, String body) throws IOException {
        return send("POST " + path + " HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer " + token
                + "\r\ncontent-length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
    }

    /** Reads an answer's head. */
    int status() throws IOException {
        var first = headLine();
        status = Integer.parseInt(first.split(" ", 3)[1]);
        headers.clear();
        for (var line = headLine(); !line.isEmpty(); line = headLine()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return status;
    }

    /** Reads an answer's head and a body of known length. */
    JsonNode answer() throws IOException {
        status();
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return JSON.readTree(in.readNBytes(length));
    }

    int lastStatus() {
        return status;
    }

    String header(String name) {
        return headers.get(name);
    }

    /** The next frame of a stream that is no ping; {@code null} at its end. */
    JsonNode frame() throws IOException {
        for (var frame = any(); ; frame = any()) {
            if (frame == null || !"ping".equals(frame.path("type").asText())) {
                return frame;
            }
        }
    }

    /** The next frame of that type; others are skipped. */
    JsonNode frame(String type) throws IOException {
        for (var frame = any(); ; frame = any()) {
            if (frame == null) {
                throw new EOFException("the stream ended before a " + type);
            }
            if (type.equals(frame.path("type").asText())) {
                return frame;
            }
        }
    }

    JsonNode any() throws IOException {
        while (true) {
            var bytes = pending.toByteArray();
            for (int i = 0; i < bytes.length; i++) {
                if (bytes[i] == '\n') {
                    pending.reset();
                    pending.write(bytes, i + 1, bytes.length - i - 1);
                    return JSON.readTree(bytes, 0, i);
                }
            }
            if (!chunk()) {
                return null;
            }
        }
    }

    /** Whether a line's end has come is only looked for when a chunk ends with one, or long lines would be slow. */
    private boolean chunk() throws IOException {
        while (true) {
            int size = Integer.parseInt(headLine(), 16);
            if (size == 0) {
                return false;
            }
            var bytes = in.readNBytes(size);
            pending.write(bytes);
            headLine();
            if (bytes[bytes.length - 1] == '\n') {
                return true;
            }
        }
    }

    /** Whether the server has closed the connection; waits for what comes. */
    boolean closed() {
        try {
            while (in.read() >= 0) {
                // What is still on its way does not matter.
            }
            return true;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private String headLine() throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the connection was closed after: " + line);
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
