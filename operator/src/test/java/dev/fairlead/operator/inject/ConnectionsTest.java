package dev.fairlead.operator.inject;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.operator.trust.TrustMaterial;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
    private static final int WAIT_MILLIS = 30_000;
    private static final int NEVER = 600_000;

    private final Vertx vertx = Vertx.vertx();
    private TrustMaterial trust;

    @BeforeEach
    void issue() throws Exception {
        trust = TestCertificates.issue();
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void oneAddressHasItsShareAndGetsItBack() throws Exception {
        int port = serve(new Connections(vertx, 10, 2, NEVER));
        try (var first = connect(port);
                var second = connect(port)) {
            assertThat(ask(first)).isTrue();
            assertThat(ask(second)).isTrue();
            try (var third = connect(port)) {
                assertThat(ask(third)).isFalse();
            }
        }
        boolean again = false;
        for (int i = 0; i < 1_000 && !again; i++) {
            try (var next = connect(port)) {
                again = ask(next);
            }
        }
        assertThat(again).isTrue();
    }

    @Test
    void thereIsAnEndToAllTogether() throws Exception {
        int port = serve(new Connections(vertx, 1, 5, NEVER));
        try (var first = connect(port);
                var second = connect(port)) {
            assertThat(ask(first)).isTrue();
            assertThat(ask(second)).isFalse();
        }
    }

    @Test
    void whoAsksNothingIsClosedAndWhoHasAskedIsNot() throws Exception {
        int port = serve(new Connections(vertx, 10, 10, 2_000));
        try (var asking = connect(port);
                var silent = connect(port)) {
            assertThat(ask(asking)).isTrue();
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
            assertThat(ask(asking)).isTrue();
        }
    }

    private int serve(Connections connections) throws Exception {
        return vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setUseAlpn(false)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .setCertValue(Buffer.buffer(trust.certificateChain()))
                                .setKeyValue(Buffer.buffer(trust.privateKey()))))
                .connectionHandler(connections)
                .requestHandler(request -> {
                    connections.requested(request.connection());
                    request.response().end();
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS)
                .actualPort();
    }

    private SSLSocket connect(int port) throws Exception {
        var socket =
                (SSLSocket) TestCertificates.trusting(trust).getSocketFactory().createSocket("127.0.0.1", port);
        socket.setSoTimeout(WAIT_MILLIS);
        socket.startHandshake();
        return socket;
    }

    /** Whether there was an answer before the end. */
    private static boolean ask(SSLSocket socket) throws IOException {
        try {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            int read = socket.getInputStream().read(new byte[1_024]);
            return read > 0;
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            return false;
        }
    }
}
