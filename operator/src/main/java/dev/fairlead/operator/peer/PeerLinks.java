package dev.fairlead.operator.peer;

import dev.fairlead.operator.trust.TrustMaterial;
import dev.fairlead.operator.trust.TrustSource;
import dev.fairlead.sidecar.http.UnpooledContent;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A link to every other replica that has an address. */
final class PeerLinks {
    private static final Logger LOG = LoggerFactory.getLogger(PeerLinks.class);
    private static final long TICK_MILLIS = 200;
    private static final int MOST = 64;

    private final Vertx vertx;
    private final PeerResolver resolver;
    private final TrustSource trust;
    private final RemoteReports book;
    private final PeerSettings settings;
    private final HttpClient client;
    private final Map<String, PeerLink> links = new HashMap<>();

    private boolean resolving;
    private boolean closed;
    private long ticker;
    private long lookups;
    private String trustedBundle;
    private ClientSSLOptions trusted;

    PeerLinks(Vertx vertx, PeerResolver resolver, TrustSource trust, RemoteReports book, PeerSettings settings) {
        this.vertx = vertx;
        this.resolver = resolver;
        this.trust = trust;
        this.book = book;
        this.settings = settings;
        this.client = vertx.httpClientBuilder()
                .with(new HttpClientOptions().setKeepAlive(false).setTcpKeepAlive(true))
                .with(new PoolOptions().setHttp1MaxSize(MOST))
                .withConnectHandler(UnpooledContent::on)
                .build();
    }

    void start() {
        ticker = vertx.setPeriodic(
                TICK_MILLIS, tick -> List.copyOf(links.values()).forEach(PeerLink::tick));
        lookups = vertx.setPeriodic(settings.resolve().toMillis(), due -> resolve());
        resolve();
    }

    void close() {
        closed = true;
        vertx.cancelTimer(ticker);
        vertx.cancelTimer(lookups);
        links.values().forEach(PeerLink::close);
        links.clear();
        client.close();
    }

    private void resolve() {
        if (resolving) {
            return;
        }
        resolving = true;
        vertx.executeBlocking(resolver::addresses, false).onComplete(found -> {
            resolving = false;
            if (closed) {
                return;
            }
            if (found.succeeded()) {
                resolved(found.result());
            } else {
                LOG.atWarn()
                        .addKeyValue("error", found.cause().getClass().getSimpleName())
                        .log("replicas cannot be looked up");
            }
        });
    }

    private void resolved(List<String> addresses) {
        var others = new HashSet<>(addresses);
        others.remove(settings.ownAddress());
        for (var address : others) {
            if (links.size() < MOST) {
                links.computeIfAbsent(address, unseen -> {
                    var link = new PeerLink(vertx, client, this::tls, settings, address, book);
                    link.tick();
                    return link;
                });
            }
        }
        links.entrySet().removeIf(entry -> {
            // A replica that shuts down has no address any more, but still has sidecars for a while.
            boolean gone = !others.contains(entry.getKey()) && !entry.getValue().up();
            if (gone) {
                entry.getValue().close();
            }
            return gone;
        });
    }

    /** The address of the replica that leads, as far as is known. */
    Optional<String> leader() {
        return links.values().stream()
                .filter(PeerLink::leads)
                .map(PeerLink::address)
                .findFirst();
    }

    Optional<ClientSSLOptions> tls() {
        var bundle = trust.current().map(TrustMaterial::caBundle);
        if (bundle.isPresent() && !bundle.get().equals(trustedBundle)) {
            trustedBundle = bundle.get();
            trusted = new ClientSSLOptions()
                    .setHostnameVerificationAlgorithm("HTTPS")
                    .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(trustedBundle)));
        }
        return Optional.ofNullable(trusted);
    }
}
