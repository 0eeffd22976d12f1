package dev.fairlead.operator.serve;

import dev.fairlead.operator.trust.TrustMaterial;
import io.fabric8.kubernetes.api.model.Pod;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** A listening server with everything around it in memory. */
final class ServeRig implements AutoCloseable {
    final TrustMaterial material = Certificates.issue("first");
    final FakeTrust trust = new FakeTrust();
    final FakeCluster cluster = new FakeCluster();
    final FakeAuthenticator tokens = new FakeAuthenticator();
    final AckLog acks = new AckLog();
    final ConfigServer server;
    volatile FleetDesk desk = (pod, report) -> CompletableFuture.completedFuture(FleetReply.NOBODY);
    private final Vertx vertx = Vertx.vertx();
    private final SSLContext tls;

    ServeRig() throws Exception {
        this(new Settings());
    }

    ServeRig(Settings settings) throws Exception {
        server = new ConfigServer(vertx, trust, cluster, cluster, ServeRig::check, tokens, acks, settings.build());
        server.serve((pod, report) -> desk.report(pod, report));
        tls = RawClient.trusting(material);
        trust.set(material);
        server.start();
        port();
    }

    /** A pod with such an annotation is not as injection writes it. */
    private static Optional<String> check(Pod pod) {
        var annotations = pod.getMetadata().getAnnotations();
        return Optional.ofNullable(annotations == null ? null : annotations.get("objection"));
    }

    int port() throws Exception {
        return server.listening().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    /** A running pod with a token {@code token-NAME}. */
    Pod pod(String namespace, String app, String name) {
        var pod = FakeCluster.pod(namespace, app, name);
        cluster.put(pod);
        tokens.knows("token-" + name, pod);
        return pod;
    }

    RawClient client() throws Exception {
        return RawClient.connect(tls, port());
    }

    /** A stream of which the head has not been read. */
    RawClient stream(String token) throws Exception {
        return client().get("/v1/config", token);
    }

    /** Waits until that has been reported. */
    void awaitAck(String line) {
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> acks.lines.contains(line));
    }

    @Override
    public void close() {
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
