package dev.fairlead.operator.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.operator.rollout.AckListener;
import dev.fairlead.operator.rollout.SidecarReport;
import dev.fairlead.operator.serve.Authentication.Authenticated;
import dev.fairlead.operator.serve.Authentication.Refused;
import dev.fairlead.operator.serve.Certificates;
import dev.fairlead.operator.serve.ConfigServer;
import dev.fairlead.operator.serve.FakeAuthenticator;
import dev.fairlead.operator.serve.FakeTrust;
import dev.fairlead.operator.serve.FleetDesk;
import dev.fairlead.operator.serve.FleetReply;
import dev.fairlead.operator.serve.Settings;
import dev.fairlead.operator.testing.EmptyCluster;
import dev.fairlead.operator.trust.TrustMaterial;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeersTest {
    private static final String HERE = "127.0.0.1";

    @TempDir
    Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final FakeTrust trust = new FakeTrust();
    private final FakeAuthenticator tokens = new FakeAuthenticator();
    private final Book serving = new Book();
    private final Book reading = new Book();
    private final List<String> addresses = new CopyOnWriteArrayList<>(List.of(HERE));
    private final List<AutoCloseable> open = new ArrayList<>();
    private volatile FleetDesk desk = (pod, report) -> CompletableFuture.completedFuture(FleetReply.NOBODY);
    private Path tokenFile;

    @BeforeEach
    void prepare() throws Exception {
        trust.set(Certificates.issue("ca"));
        tokenFile = Files.writeString(folder.resolve("token"), "peer-token\n");
        tokens.knows("peer-token", new Authenticated("fairlead-system", "fairlead-operator", "op-2", "uid"));
    }

    @AfterEach
    void close() throws Exception {
        for (var each : open) {
            each.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void aReplicaLearnsWhatAnothersSidecarsReportAndEveryChange() throws Exception {
        serving.set(List.of(new SidecarReport("pod-1", "h1", null, null, null)));
        read(serve(new Settings()), "10.0.0.1");
        heard(HERE, List.of(new SidecarReport("pod-1", "h1", null, null, null)));
        var changed = List.of(
                new SidecarReport("pod-1", "h1", "h2", "pools[0]", "no \"key\""),
                new SidecarReport("pod-2", null, null, null, null));
        serving.set(changed);
        heard(HERE, changed);
        serving.set(List.of());
        heard(HERE, List.of());
    }

    @Test
    void thousandsOfReportsArriveWhole() throws Exception {
        var many = new ArrayList<SidecarReport>();
        for (int i = 0; i < 5_000; i++) {
            many.add(new SidecarReport("pod-" + i, "h", "n", "path", "m".repeat(200)));
        }
        serving.set(many);
        read(serve(new Settings()), "10.0.0.1");
        heard(HERE, many);
    }

    @Test
    void aReplicaThatIsGoneIsForgottenAndOneThatComesBackIsHeardAgain() throws Exception {
        serving.set(List.of(new SidecarReport("pod-1", "h1", null, null, null)));
        var first = serve(new Settings());
        int port = port(first);
        read(first, "10.0.0.1");
        heard(HERE, serving.local());
        first.close();
        await().atMost(Duration.ofSeconds(30)).until(() -> !reading.heard.containsKey(HERE));
        serving.set(List.of(new SidecarReport("pod-1", "h2", null, null, null)));
        serve(new Settings().port(port));
        heard(HERE, serving.local());
    }

    @Test
    void anAddressThatIsNoLongerThereIsForgottenWithItsLink() throws Exception {
        serving.set(List.of(new SidecarReport("pod-1", "h1", null, null, null)));
        var server = serve(new Settings());
        read(server, "10.0.0.1");
        heard(HERE, serving.local());
        addresses.clear();
        server.close();
        await().atMost(Duration.ofSeconds(30)).until(() -> !reading.heard.containsKey(HERE));
    }

    @Test
    void aReplicaDoesNotReadFromItself() throws Exception {
        serving.set(List.of(new SidecarReport("pod-1", "h1", null, null, null)));
        addresses.set(0, "127.0.0.2");
        addresses.add(HERE);
        var server = serve(new Settings());
        var peers = read(server, HERE);
        // A second one, for which that address is another's, shows that there was time enough.
        var other = new Book();
        links(server, "127.0.0.2", other);
        await().atMost(Duration.ofSeconds(30)).until(() -> other.heard.containsKey(HERE));
        assertThat(reading.heard).doesNotContainKey(HERE);
        assertThat(peers).isNotNull();
    }

    @Test
    void nobodyElseIsServed() throws Exception {
        var server = serve(new Settings());
        tokens.knows("peer-token", new Authenticated("fairlead-system", "default", "p", "u"));
        read(server, "10.0.0.1");
        awaitRefusals(server);
        tokens.knows("peer-token", new Authenticated("team-a", "fairlead-operator", "p", "u"));
        awaitRefusals(server);
        tokens.knows("peer-token", new Refused("token_audience", "of a sidecar"));
        awaitRefusals(server);
        assertThat(reading.heard).isEmpty();
        tokens.knows("peer-token", new Authenticated("fairlead-system", "fairlead-operator", "p", "u"));
        heard(HERE, List.of());
    }

    @Test
    void aReplicaOfAnotherCaIsNotBelieved() throws Exception {
        var server = serve(new Settings());
        var others = new FakeTrust();
        others.set(Certificates.issue("another"));
        var book = new Book();
        start(new Peers(
                vertx, () -> List.copyOf(addresses), others, tokens, book, book, settings(port(server), "10.0.0.1")));
        read(server, "10.0.0.1");
        heard(HERE, List.of());
        assertThat(book.heard).isEmpty();
        TrustMaterial right = trust.current().orElseThrow();
        others.set(right);
        await().atMost(Duration.ofSeconds(30)).until(() -> book.heard.containsKey(HERE));
    }

    @Test
    void whatTheLeaderSaysOfAReportIsSaidByWhoRelaysIt() throws Exception {
        serving.leads = true;
        desk = (pod, report) -> CompletableFuture.completedFuture(
                report.length == 0
                        ? new FleetReply.Malformed("pools: expected some")
                        : new FleetReply.Answered((pod + " " + report.length).getBytes(StandardCharsets.UTF_8)));
        var follower = read(serve(new Settings()), "10.0.0.1");
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            var reply =
                    follower.relay("pod-1", new byte[7]).toCompletableFuture().get(30, TimeUnit.SECONDS);
            assertThat(reply).isInstanceOf(FleetReply.Answered.class);
            assertThat(((FleetReply.Answered) reply).body()).asString().isEqualTo("pod-1 7");
        });
        assertThat(follower.relay("pod-1", new byte[0]).toCompletableFuture().get(30, TimeUnit.SECONDS))
                .isEqualTo(new FleetReply.Malformed("pools: expected some"));
        desk = (pod, report) -> CompletableFuture.completedFuture(FleetReply.NOBODY);
        assertThat(follower.relay("pod-1", new byte[7]).toCompletableFuture().get(30, TimeUnit.SECONDS))
                .isEqualTo(FleetReply.NOBODY);
    }

    @Test
    void anAddressThatComesWithBadTokensUsesUpNoReviewsOnEitherPath() throws Exception {
        int port = port(serve(new Settings()));
        var client = vertx.createHttpClient(new HttpClientOptions()
                .setSsl(true)
                .setTrustAll(true)
                .setVerifyHost(false)
                .setKeepAlive(false));
        var answers = new ArrayList<Integer>();
        for (int i = 0; i < 100; i++) {
            boolean feed = i % 2 == 0;
            var token = "bad-" + i;
            answers.add(client.request(
                            feed ? HttpMethod.GET : HttpMethod.POST, port, HERE, feed ? Peers.PATH : Peers.FLEET_PATH)
                    .compose(request -> request.putHeader("authorization", "Bearer " + token)
                            .putHeader(FleetIntake.POD, "pod-1")
                            .send())
                    .map(response -> response.statusCode())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS));
        }
        assertThat(answers.subList(0, 20)).containsOnly(401);
        // One is forgiven every two seconds.
        assertThat(answers.subList(80, 100)).contains(429);
        assertThat(tokens.reviews()).isLessThan(80);
    }

    private void awaitRefusals(ConfigServer server) {
        long before = asked.getOrDefault(server, 0);
        await().atMost(Duration.ofSeconds(30)).until(() -> asked.getOrDefault(server, 0) >= before + 2);
    }

    private final Map<ConfigServer, Integer> asked = new ConcurrentHashMap<>();

    private ConfigServer serve(Settings settings) {
        var server = new ConfigServer(
                vertx,
                trust,
                new Nothing(),
                new Nothing(),
                pod -> Optional.empty(),
                tokens,
                new Nothing(),
                settings.build());
        var peers = new Peers(vertx, List::of, trust, tokens, serving, serving, settings(1, HERE));
        server.serve("GET", Peers.PATH, request -> {
            asked.merge(server, 1, Integer::sum);
            peers.handle(request);
        });
        server.serve("POST", Peers.FLEET_PATH, peers.intake((pod, report) -> desk.report(pod, report)));
        start(peers);
        server.start();
        open.add(server);
        return server;
    }

    private Peers read(ConfigServer server, String ownAddress) throws Exception {
        return links(server, ownAddress, reading);
    }

    private Peers links(ConfigServer server, String ownAddress, Book book) throws Exception {
        return start(new Peers(
                vertx, () -> List.copyOf(addresses), trust, tokens, book, book, settings(port(server), ownAddress)));
    }

    private Peers start(Peers peers) {
        peers.start();
        open.add(0, peers);
        return peers;
    }

    private PeerSettings settings(int port, String ownAddress) {
        return new PeerSettings(
                "fairlead-system",
                "fairlead-operator",
                ownAddress,
                "fairlead-config.fairlead-system.svc",
                port,
                tokenFile,
                Duration.ofMillis(200),
                Duration.ofSeconds(5),
                Duration.ofMillis(20),
                Duration.ofMillis(50),
                Duration.ofMillis(300));
    }

    private static int port(ConfigServer server) throws Exception {
        return server.listening().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private void heard(String replica, List<SidecarReport> reports) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(reading.heard.get(replica)).isEqualTo(reports));
    }

    private static final class Book implements LocalReports, RemoteReports {
        private final Map<String, List<SidecarReport>> heard = new ConcurrentHashMap<>();
        private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
        private volatile List<SidecarReport> own = List.of();
        private volatile boolean leads;

        void set(List<SidecarReport> reports) {
            own = reports;
            listeners.forEach(Runnable::run);
        }

        @Override
        public List<SidecarReport> local() {
            return own;
        }

        @Override
        public boolean leads() {
            return leads;
        }

        @Override
        public void onChange(Runnable listener) {
            listeners.add(listener);
        }

        @Override
        public void remote(String replica, List<SidecarReport> reports) {
            heard.put(replica, reports);
        }

        @Override
        public void forget(String replica) {
            heard.remove(replica);
        }
    }

    /** No sidecars here. */
    private static final class Nothing extends EmptyCluster implements AckListener {
        @Override
        public void connected(String podUid, String stream) {}

        @Override
        public void acked(String podUid, String stream, String hash) {}

        @Override
        public void nacked(String podUid, String stream, String hash, String path, String message) {}

        @Override
        public void disconnected(String podUid, String stream) {}
    }
}
