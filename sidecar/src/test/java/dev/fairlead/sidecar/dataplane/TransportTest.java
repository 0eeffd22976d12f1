package dev.fairlead.sidecar.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.sidecar.config.PoolConfig;
import dev.fairlead.sidecar.config.ProxyConfig;
import dev.fairlead.sidecar.config.SidecarConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way to a provider: TLS that is checked, proxies that are used, connections that are kept. */
class TransportTest {
    @TempDir
    Path dir;

    private static SidecarConfig with(SidecarConfig config, ProxyConfig proxy, String caBundle) {
        var pool = config.pools().get(0);
        var changed = new PoolConfig(
                pool.namespace(),
                pool.name(),
                pool.provider(),
                pool.baseUrl(),
                pool.auth(),
                pool.keys(),
                pool.strategy(),
                pool.coolDown(),
                pool.waitingRoom(),
                proxy,
                caBundle,
                null,
                null,
                null);
        return new SidecarConfig(1, config.workload(), null, config.routes(), List.of(changed));
    }

    /** A certificate for localhost that no system trusts, made by the JDK's own tool. */
    private SSLContext selfSigned() throws Exception {
        var store = dir.resolve("provider.p12");
        var tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var made = new ProcessBuilder(
                        tool,
                        "-genkeypair",
                        "-alias",
                        "provider",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=DNS:localhost",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .start();
        made.getInputStream().readAllBytes();
        assertThat(made.waitFor()).isZero();
        var keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        Files.writeString(
                dir.resolve("ca.pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                .encodeToString(keys.getCertificate("provider").getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, "changeit".toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    @Test
    void a_connection_that_takes_too_long_is_given_up_its_handshake_included() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var other = new FakeProvider((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
                var plane = new DataPlane(1)) {
            var url = "https://localhost:" + silent.getLocalPort() + "/v1";
            plane.apply(new Configs()
                    .timeouts(60_000, 300, 60_000, 60_000)
                    .pool("main", url, "a")
                    .build());
            long began = System.nanoTime();
            var answer = plane.chat(DataPlane.HELLO);
            assertThat(answer.statusCode()).isEqualTo(502);
            assertThat(answer.body()).contains("\"code\":\"upstream_error\"");
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began)).isBetween(250L, 5_000L);

            plane.apply(new Configs()
                    .timeouts(60_000, 300, 60_000, 60_000)
                    .pool("main", url, "a")
                    .pool("backup", other.url(), "b")
                    .build());
            assertThat(plane.chat(DataPlane.HELLO).statusCode())
                    .as("another target answers instead")
                    .isEqualTo(200);
        }
    }

    @Test
    void a_client_that_leaves_while_the_provider_is_being_connected_gives_its_key_back() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                var plane = new DataPlane(1)) {
            plane.apply(new Configs()
                    .timeouts(60_000, 30_000, 60_000, 60_000)
                    .pool("main", "https://localhost:" + silent.getLocalPort() + "/v1", "a")
                    .build());
            try (var client = RawClient.open(plane.port())) {
                client.getOutputStream().write(RawClient.post(DataPlane.HELLO).getBytes(StandardCharsets.UTF_8));
                await().untilAsserted(() ->
                        assertThat(plane.admin("/metrics")).contains("_leases_in_flight{pool=\"team-a/main\"} 1"));
            }
            await().untilAsserted(() ->
                    assertThat(plane.admin("/metrics")).contains("_leases_in_flight{pool=\"team-a/main\"} 0"));
        }
    }

    @Test
    void a_providers_certificate_is_checked_against_the_pools_ca_bundle() throws Exception {
        var tls = selfSigned();
        try (var provider = new FakeProvider(
                        (request, exchange) -> exchange.json(200, DataPlane.ANSWER), tls.getServerSocketFactory());
                var plane = new DataPlane(1)) {
            var config = new Configs()
                    .timeouts(60_000, 30_000, 60_000, 60_000)
                    .pool("main", "https://localhost:" + provider.port() + "/v1", "a")
                    .build();
            plane.apply(with(config, null, Files.readString(dir.resolve("ca.pem"))));
            assertThat(plane.chat(DataPlane.HELLO).statusCode()).isEqualTo(200);

            plane.apply(with(config, null, null));
            var untrusted = plane.chat(DataPlane.HELLO);
            assertThat(untrusted.statusCode()).isEqualTo(502);
            assertThat(untrusted.body()).contains("TLS failed").doesNotContain("\tat ");
        }
    }

    @Test
    void a_certificate_for_another_name_is_refused() throws Exception {
        var tls = selfSigned();
        try (var provider = new FakeProvider(
                        (request, exchange) -> exchange.json(200, DataPlane.ANSWER), tls.getServerSocketFactory());
                var plane = new DataPlane(1)) {
            var config = new Configs()
                    .pool("main", "https://127.0.0.1:" + provider.port() + "/v1", "a")
                    .build();
            plane.apply(with(config, null, Files.readString(dir.resolve("ca.pem"))));
            assertThat(plane.chat(DataPlane.HELLO).statusCode()).isEqualTo(502);
        }
    }

    @Test
    void a_pools_proxy_carries_the_tunnel_to_a_tls_provider() throws Exception {
        var tls = selfSigned();
        try (var provider = new FakeProvider(
                        (request, exchange) -> exchange.json(200, DataPlane.ANSWER), tls.getServerSocketFactory());
                var proxy = new ConnectProxy();
                var plane = new DataPlane(1)) {
            var config = new Configs()
                    .timeouts(60_000, 30_000, 60_000, 60_000)
                    .pool("main", "https://localhost:" + provider.port() + "/v1", "a")
                    .build();
            plane.apply(with(
                    config,
                    new ProxyConfig("127.0.0.1", proxy.port(), "user", "pass"),
                    Files.readString(dir.resolve("ca.pem"))));
            assertThat(plane.chat(DataPlane.HELLO).statusCode()).isEqualTo(200);

            assertThat(proxy.heads.get(0))
                    .startsWith("CONNECT localhost:" + provider.port())
                    .containsIgnoringCase("proxy-authorization: Basic "
                            + Base64.getEncoder().encodeToString("user:pass".getBytes(StandardCharsets.UTF_8)))
                    .doesNotContain("sk-main");
        }
    }

    @Test
    void the_processs_proxy_is_used_unless_the_provider_is_exempt() throws Exception {
        var tls = selfSigned();
        var noProxy = new AtomicReference<String>();
        try (var provider = new FakeProvider(
                        (request, exchange) -> exchange.json(200, DataPlane.ANSWER), tls.getServerSocketFactory());
                var proxy = new ConnectProxy();
                var plane = new DataPlane(
                        1,
                        name -> name.equals("HTTPS_PROXY")
                                ? "http://127.0.0.1:" + proxy.port()
                                : name.equals("NO_PROXY") ? noProxy.get() : null)) {
            var config = with(
                    new Configs()
                            .timeouts(60_000, 30_000, 60_000, 60_000)
                            .pool("main", "https://localhost:" + provider.port() + "/v1", "a")
                            .build(),
                    null,
                    Files.readString(dir.resolve("ca.pem")));
            plane.apply(config);
            assertThat(plane.chat(DataPlane.HELLO).statusCode()).isEqualTo(200);
            assertThat(proxy.heads).hasSize(1);

            noProxy.set("example.com,localhost");
            plane.apply(config);
            assertThat(plane.chat(DataPlane.HELLO).statusCode()).isEqualTo(200);
            assertThat(proxy.heads).as("the direct way").hasSize(1);
        }
    }

    @Test
    void a_proxy_that_refuses_is_told_from_a_provider_that_does() throws Exception {
        try (var proxy = new FakeProvider((request, exchange) -> exchange.json(407, "{}"));
                var plane = new DataPlane(1)) {
            var config =
                    new Configs().pool("main", "https://localhost:1/v1", "a").build();
            plane.apply(with(config, new ProxyConfig("127.0.0.1", proxy.port(), "user", "proxy-secret"), null));
            var answer = plane.chat(DataPlane.HELLO);
            assertThat(answer.statusCode()).isEqualTo(502);
            assertThat(answer.body())
                    .contains("\"code\":\"upstream_error\"", "by way of a proxy")
                    .doesNotContain("proxy-secret", "sk-main");
        }
    }

    @Test
    void connections_to_a_provider_are_kept_and_survive_a_new_configuration() throws Exception {
        try (var provider = new FakeProvider((request, exchange) -> exchange.json(200, DataPlane.ANSWER));
                var plane = new DataPlane(
                        new Configs().pool("main", provider.url(), "a").build())) {
            for (int i = 0; i < 5; i++) {
                plane.chat(DataPlane.HELLO);
            }
            plane.apply(new Configs().pool("main", provider.url(), "a", "b").build());
            plane.chat(DataPlane.HELLO);
            assertThat(provider.connections()).isEqualTo(1);
        }
    }

    @Test
    void ending_lets_running_calls_finish_and_takes_no_new_ones() throws Exception {
        var arrived = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        try (var provider = new FakeProvider((request, exchange) -> {
            arrived.countDown();
            goOn.await(5, TimeUnit.SECONDS);
            exchange.json(200, DataPlane.ANSWER);
        })) {
            var plane = new DataPlane(
                    new Configs().pool("main", provider.url(), "a").build());
            var running = plane.chatAsync(DataPlane.HELLO);
            arrived.await();
            var ending = new Thread(() -> plane.sidecar().close());
            ending.start();
            await().untilAsserted(() -> assertThat(refused(plane.port())).isTrue());
            goOn.countDown();

            assertThat(running.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            ending.join(10_000);
            assertThat(ending.isAlive()).isFalse();
            assertThat(plane.records()).as("the last record is written").hasSize(1);
        }
    }

    private static boolean refused(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(500);
            socket.getOutputStream()
                    .write("GET /v1/models HTTP/1.1\r\nhost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() < 0;
        } catch (IOException e) {
            return true;
        }
    }

    /** A proxy that opens tunnels and remembers who asked. */
    private static final class ConnectProxy implements AutoCloseable {
        private final ServerSocket server = new ServerSocket(0);
        private final List<String> heads = new CopyOnWriteArrayList<>();

        ConnectProxy() throws IOException {
            start(this::accept);
        }

        int port() {
            return server.getLocalPort();
        }

        private static void start(Runnable work) {
            var thread = new Thread(work, "connect-proxy");
            thread.setDaemon(true);
            thread.start();
        }

        private void accept() {
            try {
                while (true) {
                    var client = server.accept();
                    start(() -> tunnel(client));
                }
            } catch (IOException e) {
                // closed
            }
        }

        private void tunnel(Socket client) {
            try {
                var head = new StringBuilder();
                while (head.indexOf("\r\n\r\n") < 0) {
                    head.append((char) client.getInputStream().read());
                }
                heads.add(head.toString());
                int port = Integer.parseInt(head.substring(head.indexOf(":") + 1, head.indexOf(" HTTP")));
                var target = new Socket(InetAddress.getLoopbackAddress(), port);
                client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                start(() -> copy(client, target));
                copy(target, client);
            } catch (IOException e) {
                // the test sees it as a failed call
            }
        }

        private static void copy(Socket from, Socket to) {
            try {
                from.getInputStream().transferTo(to.getOutputStream());
                to.close();
            } catch (IOException e) {
                // one side has gone
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
