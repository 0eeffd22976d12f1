package dev.fairlead.image;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.fairlead.sidecar.control.Frame;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Sends one configuration on each stream, takes every acknowledgement, checks nothing. */
final class OperatorStandIn implements AutoCloseable {
    private static final int OK = 200;
    private static final int PING_EVERY_S = 5;
    private static final int NO_CONTENT = 204;

    private final ObjectMapper json = new ObjectMapper();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch acknowledged = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final HttpsServer server;
    private final List<Frame> frames;

    OperatorStandIn(Certificate certificate, String hash, byte[] config) throws IOException, GeneralSecurityException {
        frames = List.of(
                new Frame.Hello("rehearsal"),
                new Frame.Trust(Files.readString(certificate.pem())),
                new Frame.Config(hash, json.readTree(config)));
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
        server.setExecutor(threads);
        server.createContext("/v1/config", this::stream);
        server.createContext("/v1/acks", this::acknowledge);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Whether a sidecar has acknowledged a configuration. */
    boolean awaitAck() throws InterruptedException {
        return acknowledged.await(30, TimeUnit.SECONDS);
    }

    private void stream(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("content-type", "application/x-ndjson");
        exchange.sendResponseHeaders(OK, 0);
        try (var body = exchange.getResponseBody()) {
            for (var frame : frames) {
                send(body, frame);
            }
            do {
                send(body, new Frame.Ping());
            } while (!closed.await(PING_EVERY_S, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(OutputStream body, Frame frame) throws IOException {
        body.write((json.writerFor(Frame.class).writeValueAsString(frame) + "\n").getBytes(StandardCharsets.UTF_8));
        body.flush();
    }

    private void acknowledge(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(NO_CONTENT, -1);
        exchange.close();
        acknowledged.countDown();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
