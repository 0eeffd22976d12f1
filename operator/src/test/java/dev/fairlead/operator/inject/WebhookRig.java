package dev.fairlead.operator.inject;

import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A webhook on a port of its own. */
final class WebhookRig implements AutoCloseable {
    final Told told = new Told();
    final TrustBox trust = new TrustBox();
    volatile NamespaceLabels namespaces = name -> Map.of();

    private final Vertx vertx = Vertx.vertx();
    private final PodReviews reviews;
    private final InjectionWebhook webhook;
    private final int port;

    WebhookRig() throws Exception {
        this(60_000);
    }

    WebhookRig(long timeoutMillis) throws Exception {
        trust.set(TestCertificates.issue());
        reviews = new PodReviews(
                new InjectionRules(Injection.settings(), new IssuedBundles(trust)),
                trust,
                name -> namespaces.of(name),
                told,
                told,
                Clock.systemUTC());
        webhook = new InjectionWebhook(vertx, trust, reviews, "127.0.0.1", 0, timeoutMillis);
        port = webhook.start().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    int port() {
        return port;
    }

    long held() {
        return webhook.held();
    }

    String url() {
        return "https://127.0.0.1:" + port + "/mutate";
    }

    HttpResponse<String> post(String body) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(url() + "?timeout=5s"))
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        // A client of its own: a connection that is kept would not meet a new certificate.
        return HttpClient.newBuilder()
                .sslContext(TestCertificates.trusting(trust.current().orElseThrow()))
                .build()
                .send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        webhook.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
        reviews.close();
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }
}
