package dev.fairlead.operator.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.testing.ApiServer;
import dev.fairlead.api.testing.ApiServerExtension;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ApiServerExtension.class)
class LeaseLeadershipTest {
    private static final LeaseTimes SHORT =
            new LeaseTimes(Duration.ofSeconds(5), Duration.ofSeconds(3), Duration.ofMillis(200));

    private final ApiServer server;
    private final String namespace = "leader-" + UUID.randomUUID().toString().substring(0, 8);
    private final List<AutoCloseable> opened = new ArrayList<>();

    LeaseLeadershipTest(ApiServer server) {
        this.server = server;
    }

    @BeforeEach
    void makeANamespace() {
        server.client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
    }

    @AfterEach
    void closeWhatWasOpened() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    @Test
    void oneOfTwoCandidatesMayWriteAndTheOtherTakesOverAtOnceWhenItCloses() {
        var first = candidate("first", server.client());
        first.start();
        within(30).until(first::mayWrite);
        var second = candidate("second", server.client());
        var gained = new AtomicInteger();
        second.onGained(gained::incrementAndGet);
        second.start();
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(30)).until(() -> !second.mayWrite());
        assertThat(first.mayWrite()).isTrue();

        first.close();

        assertThat(first.mayWrite()).isFalse();
        within(30).until(second::mayWrite);
        within(30).until(() -> gained.get() == 1);
        assertThat(lease().getSpec().getHolderIdentity()).isEqualTo("second");
    }

    @Test
    void aLeaseThatSomebodyElseTookIsCampaignedForAgain() {
        var gained = new AtomicInteger();
        var leadership = candidate("ours", server.client());
        leadership.onGained(gained::incrementAndGet);
        leadership.start();
        within(30).until(leadership::mayWrite);

        steal();

        within(30).until(() -> !leadership.mayWrite());
        within(60).until(leadership::mayWrite);
        assertThat(lease().getSpec().getHolderIdentity()).isEqualTo("ours");
        within(30).until(() -> gained.get() == 2);
    }

    @Test
    void withoutAnApiServerTheRightToWriteEndsByTheDeadlineAndComesBackWithTheServer() {
        var down = new AtomicBoolean();
        var gained = new AtomicInteger();
        var leadership = candidate("ours", clientThatFails(down));
        leadership.onGained(gained::incrementAndGet);
        leadership.start();
        within(30).until(leadership::mayWrite);

        down.set(true);

        within(30).until(() -> !leadership.mayWrite());
        await().during(Duration.ofSeconds(6)).atMost(Duration.ofSeconds(30)).until(() -> !leadership.mayWrite());

        down.set(false);

        within(60).until(leadership::mayWrite);
        within(30).until(() -> gained.get() == 2);
    }

    @Test
    void aCandidateThatStartsWithoutAnApiServerWaitsForIt() {
        var down = new AtomicBoolean(true);
        var leadership = candidate("ours", clientThatFails(down));
        leadership.start();
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(30)).until(() -> !leadership.mayWrite());
        down.set(false);
        within(60).until(leadership::mayWrite);
    }

    @Test
    void aLeaseThatSaysNothingIsTaken() {
        server.client()
                .resource(new LeaseBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(LeaseLeadership.LEASE)
                        .endMetadata()
                        .build())
                .create();
        var leadership = candidate("ours", server.client());
        leadership.start();
        within(30).until(leadership::mayWrite);
    }

    @Test
    void closingWithoutAnApiServerReturns() {
        var down = new AtomicBoolean();
        var leadership = candidate("ours", clientThatFails(down));
        leadership.start();
        within(30).until(leadership::mayWrite);
        down.set(true);
        leadership.close();
        assertThat(leadership.mayWrite()).isFalse();
    }

    private void steal() {
        var stolen = new LeaseBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(LeaseLeadership.LEASE)
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity("thief")
                .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC))
                .withLeaseDurationSeconds(3)
                .endSpec()
                .build();
        server.client().resource(stolen).patch(PatchContext.of(PatchType.JSON_MERGE));
    }

    private static ConditionFactory within(int seconds) {
        return await().atMost(Duration.ofSeconds(seconds)).pollInterval(Duration.ofMillis(50));
    }

    private LeaseLeadership candidate(String identity, KubernetesClient client) {
        var leadership = new LeaseLeadership(client, namespace, identity, SHORT);
        opened.add(leadership);
        return leadership;
    }

    private Lease lease() {
        return server.client()
                .leases()
                .inNamespace(namespace)
                .withName(LeaseLeadership.LEASE)
                .get();
    }

    /** A client whose requests meet a closed port for as long as {@code down} says. */
    private KubernetesClient clientThatFails(AtomicBoolean down) {
        var client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(server.config())
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("outage", new Interceptor() {
                    @Override
                    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
                        if (down.get()) {
                            builder.uri(URI.create("https://127.0.0.1:1/"));
                        }
                    }
                }))
                .build();
        opened.add(client);
        return client;
    }
}
