package dev.fairlead.sidecar.control;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fairlead.sidecar.config.ConfigCodec;
import dev.fairlead.sidecar.config.SidecarConfig;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** An operator pod as the protocol describes it, on an address of this machine. */
public final class FakeOperator implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ConfigCodec codec = new ConfigCodec();
    private final HttpServer server;
    private final int port;
    private final List<Stream> streams = new CopyOnWriteArrayList<>();
    private final List<Ack> acks = new CopyOnWriteArrayList<>();
    private final List<String> names = new CopyOnWriteArrayList<>();
    private volatile Consumer<HttpServerRequest> refusal;
    private volatile Consumer<Stream> greeting = stream -> {};

    /** One stream. */
    public static final class Stream {
        private final HttpServerResponse response;
        private final String token;
        private volatile boolean closed;

        Stream(HttpServerRequest request) {
            token = request.getHeader("authorization");
            response = request.response();
            response.closeHandler(v -> closed = true);
            response.setChunked(true).putHeader("content-type", "application/x-ndjson");
        }

        public void raw(Buffer bytes) {
            response.write(bytes);
        }

        public void send(Frame frame) {
            try {
                raw(Buffer.buffer(JSON.writerFor(Frame.class).writeValueAsString(frame) + "\n"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String token() {
            return token;
        }

        boolean closed() {
            return closed;
        }
    }

    /** @param leaf of {@link TestCertificates} */
    public FakeOperator(Vertx vertx, String address, int port, String leaf) throws IOException {
        server = vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setSni(true)
                        .setKeyCertOptions(TestCertificates.get().keys(leaf)))
                .requestHandler(this::handle);
        try {
            server.listen(port, address)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IOException(e);
        }
        this.port = server.actualPort();
    }

    private void handle(HttpServerRequest request) {
        if (refusal != null) {
            refusal.accept(request);
        } else if (request.path().equals("/v1/config")) {
            names.add(String.valueOf(request.connection().indicatedServerName()));
            var stream = new Stream(request);
            stream.send(new Frame.Hello("stream-" + (streams.size() + 1)));
            streams.add(stream);
            greeting.accept(stream);
        } else if (request.path().equals("/v1/fleet")) {
            // As an operator of the time before.
            request.response().setStatusCode(404).end();
        } else {
            request.body().onSuccess(body -> {
                try {
                    acks.add(JSON.readValue(body.getBytes(), Ack.class));
                    request.response().setStatusCode(204).end();
                } catch (IOException e) {
                    request.response().setStatusCode(400).end();
                }
            });
        }
    }

    public int port() {
        return port;
    }

    public List<Stream> streams() {
        return streams;
    }

    Stream latest() {
        return streams.get(streams.size() - 1);
    }

    public List<Ack> acks() {
        return acks;
    }

    /** What clients asked for by SNI. */
    List<String> names() {
        return names;
    }

    /** What every stream hears after the hello. */
    public void greet(Consumer<Stream> with) {
        greeting = with;
    }

    void refuse(Consumer<HttpServerRequest> with) {
        refusal = with;
    }

    /** Shows another leaf to whoever connects from now on. */
    void show(String leaf) {
        try {
            server.updateSSLOptions(new ServerSSLOptions()
                            .setSni(true)
                            .setKeyCertOptions(TestCertificates.get().keys(leaf)))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** A frame with this configuration, named by its hash. */
    public Frame.Config config(SidecarConfig config) {
        try {
            return new Frame.Config(codec.hash(config), JSON.readTree(codec.write(config)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }
}
