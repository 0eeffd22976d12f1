package dev.fairlead.operator.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A Vert.x server with what the Secret holds, the JDK as a client that knows nothing but the bundle. */
class HandshakeTest {
    private final Vertx vertx = Vertx.vertx();
    private final Instant now = Instant.now();
    private final Rotation rotation = Pki.rotation();
    private HttpServer server;

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private TrustState after(Step.Kind kind, Stored stored) {
        return rotation.after(new Step(kind, "the test says so"), stored, now);
    }

    private TrustMaterial material(TrustState state) throws Pem.UnreadableException {
        Secret blank = new SecretBuilder().withNewMetadata().endMetadata().build();
        return MaterialCheck.of(TrustSecret.write(blank, state), now).material();
    }

    private static PemKeyCertOptions pem(TrustMaterial material) {
        return new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(material.certificateChain()))
                .addKeyValue(Buffer.buffer(material.privateKey()));
    }

    private void serve(TrustMaterial material) throws Exception {
        server = vertx.createHttpServer(new HttpServerOptions().setSsl(true).setKeyCertOptions(pem(material)))
                .requestHandler(request -> request.response().end("hello"))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }

    private String call(String bundle, String name)
            throws IOException, GeneralSecurityException, Pem.UnreadableException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        int count = 0;
        for (var authority : Pem.certificates(bundle)) {
            trusted.setCertificateEntry("ca-" + count++, authority);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), server.actualPort());
                SSLSocket socket =
                        (SSLSocket) context.getSocketFactory().createSocket(plain, name, server.actualPort(), true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.setSoTimeout((int) Duration.ofSeconds(30).toMillis());
            socket.startHandshake();
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void bothServicesAreVerifiedByNameAndNobodyElseIs() throws Exception {
        TrustMaterial material = material(after(Step.Kind.ISSUE_ANEW, new Stored.Absent()));
        serve(material);
        assertThat(call(material.caBundle(), "fairlead-config.fairlead-system.svc"))
                .endsWith("hello");
        assertThat(call(material.caBundle(), "fairlead-webhook.fairlead-system.svc"))
                .endsWith("hello");
        assertThatThrownBy(() -> call(material.caBundle(), "fairlead-config.team-a.svc"))
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("fairlead-config.team-a.svc");
    }

    @Test
    void theBundleOfAnotherInstallationIsNoTrust() throws Exception {
        serve(material(after(Step.Kind.ISSUE_ANEW, new Stored.Absent())));
        TrustMaterial other = material(after(Step.Kind.ISSUE_ANEW, new Stored.Absent()));
        assertThatThrownBy(() -> call(other.caBundle(), "fairlead-config.fairlead-system.svc"))
                .isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void aRunningServerChangesToTheNextCaAndClientsOfTheLastBundleStay() throws Exception {
        TrustState first = after(Step.Kind.ISSUE_ANEW, new Stored.Absent());
        TrustState added = after(Step.Kind.ADD_NEXT_CA, new Stored.Intact(first));
        TrustState promoted = after(Step.Kind.PROMOTE_NEXT_CA, new Stored.Intact(added));
        String name = "fairlead-config.fairlead-system.svc";
        serve(material(first));
        assertThat(call(material(added).caBundle(), name)).endsWith("hello");

        server.updateSSLOptions(new io.vertx.core.net.ServerSSLOptions().setKeyCertOptions(pem(material(promoted))))
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);

        assertThat(call(material(added).caBundle(), name))
                .as("heard of it before")
                .endsWith("hello");
        assertThat(call(material(promoted).caBundle(), name)).endsWith("hello");
        assertThatThrownBy(() -> call(material(first).caBundle(), name)).isInstanceOf(SSLHandshakeException.class);
    }
}
