package dev.fairlead.operator.simulate;

import static dev.fairlead.operator.simulate.Api.CHAT;
import static dev.fairlead.operator.simulate.Api.chat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;

class SimulatorTlsTest {

    @Test
    void servesHttpsWithItsCertificate() throws Exception {
        SimulatorOptions options = SimulatorOptions.onFreePort().withTls(resource("test-cert"), resource("test-key"));
        try (Simulator simulator = Simulator.start(options)) {
            assertThat(simulator.url()).startsWith("https://127.0.0.1:");
            HttpClient trusting = HttpClient.newBuilder().sslContext(trust()).build();
            Api api = new Api(simulator.url(), trusting);
            assertThat(api.post(CHAT, "sk-a-1", chat("")).statusCode()).isEqualTo(200);
            simulator.addFaults("{\"kind\":\"garbage\",\"count\":1}");
            assertThatThrownBy(() -> api.post(CHAT, "sk-a-1", chat(""))).isInstanceOf(IOException.class);
            assertThat(simulator.stats().at("/accounts/a/faulted").asInt()).isEqualTo(1);
            assertThatThrownBy(() -> Api.of(simulator).post(CHAT, "sk-a-1", chat("")))
                    .as("a client that does not trust it")
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void filesThatAreMissingAreNamed() {
        SimulatorOptions options = SimulatorOptions.onFreePort().withTls(Path.of("no-cert.pem"), Path.of("no-key.pem"));
        assertThatThrownBy(() -> Simulator.start(options))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no-");
    }

    @Test
    void aCertificateNeedsItsKey() {
        SimulatorOptions options = SimulatorOptions.onFreePort();
        assertThatThrownBy(() -> options.withTls(Path.of("c"), null)).isInstanceOf(IllegalArgumentException.class);
    }

    static Path resource(String name) throws Exception {
        return Path.of(
                SimulatorTlsTest.class.getResource("/simulate/" + name + ".pem").toURI());
    }

    private static SSLContext trust() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = SimulatorTlsTest.class.getResourceAsStream("/simulate/test-cert.pem")) {
            store.setCertificateEntry(
                    "it", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
