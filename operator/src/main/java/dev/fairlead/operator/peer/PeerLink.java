package dev.fairlead.operator.peer;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one other replica's reports, again and again. */
final class PeerLink {
    private static final Logger LOG = LoggerFactory.getLogger(PeerLink.class);
    private static final int LONGEST_RETRY = 16;
    private static final int MISSING_PINGS = 3;

    private final Vertx vertx;
    private final HttpClient client;
    private final Supplier<Optional<ClientSSLOptions>> tls;
    private final PeerSettings settings;
    private final String address;
    private final RemoteReports book;

    private HttpClientRequest open;
    private boolean connecting;
    private boolean up;
    private boolean known;
    private boolean leads;
    private boolean closed;
    private long heardAt = System.nanoTime();
    private long attemptAt = heardAt;
    private int failures;

    PeerLink(
            Vertx vertx,
            HttpClient client,
            Supplier<Optional<ClientSSLOptions>> tls,
            PeerSettings settings,
            String address,
            RemoteReports book) {
        this.vertx = vertx;
        this.client = client;
        this.tls = tls;
        this.settings = settings;
        this.address = address;
        this.book = book;
    }

    /** Whether it says that it leads. */
    boolean leads() {
        return up && leads;
    }

    /** Where it is. */
    String address() {
        return address;
    }

    /** Whether reports come. */
    boolean up() {
        return up;
    }

    /** What is due by the time: a new attempt, an end for a silent link, oblivion for who is gone. */
    void tick() {
        long now = System.nanoTime();
        if (up && now - heardAt > MISSING_PINGS * settings.ping().toNanos()) {
            broken("silent");
        }
        if (!up && known && now - heardAt > settings.forget().toNanos()) {
            forget();
        }
        if (!up && !connecting && !closed && now >= attemptAt) {
            connect();
        }
    }

    /** Ends it; what it said is forgotten. */
    void close() {
        closed = true;
        reset();
        forget();
    }

    private void connect() {
        var trusted = tls.get();
        if (trusted.isEmpty()) {
            return;
        }
        connecting = true;
        vertx.executeBlocking(this::token, false)
                .compose(token -> request(token, trusted.get()))
                .compose(HttpClientRequest::send)
                .onComplete(answer -> {
                    connecting = false;
                    if (closed) {
                        reset();
                    } else if (answer.failed()) {
                        broken(answer.cause().getClass().getSimpleName());
                    } else if (answer.result().statusCode() != 200) {
                        broken("HTTP " + answer.result().statusCode());
                    } else {
                        read(answer.result());
                    }
                });
    }

    private String token() throws IOException {
        return Files.readString(settings.tokenFile()).strip();
    }

    private Future<HttpClientRequest> request(String token, ClientSSLOptions trusted) {
        long patience = MISSING_PINGS * settings.ping().toMillis();
        return client.request(new RequestOptions()
                        .setMethod(HttpMethod.GET)
                        .setHost(settings.serviceHost())
                        .setPort(settings.port())
                        .setServer(SocketAddress.inetSocketAddress(settings.port(), address))
                        .setSsl(true)
                        .setSslOptions(trusted)
                        .setURI("/v1/peers")
                        .setConnectTimeout(patience)
                        .setTimeout(patience))
                .onSuccess(request -> {
                    open = request;
                    request.putHeader("authorization", "Bearer " + token);
                    request.idleTimeout(patience);
                });
    }

    private void read(HttpClientResponse response) {
        up = true;
        known = true;
        failures = 0;
        heardAt = System.nanoTime();
        LOG.atInfo().addKeyValue("replica", address).log("replica linked");
        var lines = new LineReader(line -> understand(response, line));
        response.exceptionHandler(failed -> ended(response, "cut"));
        response.endHandler(end -> ended(response, "ended"));
        response.handler(piece -> {
            if (isCurrent(response) && !lines.read(piece)) {
                broken("endless line");
            }
        });
    }

    private void understand(HttpClientResponse response, byte[] line) {
        if (!isCurrent(response)) {
            return;
        }
        heardAt = System.nanoTime();
        try {
            var said = PeerLine.read(line);
            leads = said.leads();
            if (said.reports() != null) {
                book.remote(address, said.reports());
            }
        } catch (IOException e) {
            broken("garbage");
        }
    }

    private boolean isCurrent(HttpClientResponse response) {
        return up && response.request() == open;
    }

    private void ended(HttpClientResponse response, String how) {
        if (isCurrent(response)) {
            broken(how);
        }
    }

    private void broken(String why) {
        LOG.atInfo()
                .addKeyValue("replica", address)
                .addKeyValue("reason", why)
                .log(up ? "link to replica broke" : "replica cannot be linked");
        up = false;
        leads = false;
        reset();
        long least = settings.retry().toNanos() * Math.min(LONGEST_RETRY, 1L << Math.min(failures, LONGEST_RETRY));
        failures++;
        attemptAt = System.nanoTime() + least + ThreadLocalRandom.current().nextLong(least);
    }

    private void reset() {
        if (open != null) {
            var ending = open;
            open = null;
            ending.connection().close();
        }
    }

    private void forget() {
        if (known) {
            known = false;
            book.forget(address);
        }
    }
}
