package dev.fairlead.operator.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.testing.ApiServer;
import dev.fairlead.api.testing.ApiServerExtension;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ApiServerExtension.class)
class TrustKeeperTest {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final KubernetesClient client;
    private final TrustSettings settings;
    private final VirtualClock clock = new VirtualClock(Pki.START);
    private final List<AutoCloseable> open = new ArrayList<>();

    TrustKeeperTest(ApiServer server) {
        client = server.client();
        String namespace = "trust-" + COUNT.incrementAndGet();
        settings = new TrustSettings(namespace, "fairlead-tls", namespace);
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
    }

    @AfterEach
    void clean() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
        client.admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName(settings.webhookConfiguration())
                .delete();
        client.namespaces().withName(settings.namespace()).delete();
    }

    private TrustWatch watch() {
        TrustWatch watch = new TrustWatch(client, settings, clock);
        open.add(watch);
        watch.start();
        return watch;
    }

    private TrustKeeper keeper(FixedLeadership leadership) {
        TrustKeeper keeper = new TrustKeeper(client, settings, watch(), leadership, clock);
        open.add(keeper);
        return keeper;
    }

    private TrustKeeper leader() {
        return keeper(new FixedLeadership(true));
    }

    private Secret secret() {
        return client.secrets()
                .inNamespace(settings.namespace())
                .withName(settings.secret())
                .get();
    }

    private TrustState state() {
        return ((Stored.Intact) TrustSecret.read(secret())).state();
    }

    private void webhookConfiguration(String... names) {
        List<MutatingWebhook> webhooks = new ArrayList<>();
        for (String name : names) {
            webhooks.add(new MutatingWebhookBuilder()
                    .withName(name + ".fairlead.dev")
                    .withAdmissionReviewVersions("v1")
                    .withSideEffects("None")
                    .withFailurePolicy("Ignore")
                    .withNewClientConfig()
                    .withNewService()
                    .withNamespace(settings.namespace())
                    .withName("fairlead-webhook")
                    .endService()
                    .endClientConfig()
                    .build());
        }
        client.resource(new MutatingWebhookConfigurationBuilder()
                        .withNewMetadata()
                        .withName(settings.webhookConfiguration())
                        .endMetadata()
                        .withWebhooks(webhooks)
                        .build())
                .create();
    }

    private List<String> caBundles() {
        return client
                .admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName(settings.webhookConfiguration())
                .get()
                .getWebhooks()
                .stream()
                .map(webhook -> webhook.getClientConfig().getCaBundle())
                .map(bundle ->
                        bundle == null ? "" : new String(Base64.getDecoder().decode(bundle), StandardCharsets.UTF_8))
                .toList();
    }

    private String bundle() {
        return TrustSecret.text(secret(), TrustSecret.BUNDLE);
    }

    private static void soon(org.awaitility.core.ThrowingRunnable assertion) {
        await().atMost(30, TimeUnit.SECONDS).untilAsserted(assertion);
    }

    @Test
    void theFirstLeaderIssuesAndEveryReplicaTakesItIntoUse() {
        webhookConfiguration("namespace", "pod");
        TrustWatch replica = watch();
        assertThat(replica.current()).isEmpty();

        leader().start();

        soon(() -> assertThat(replica.current()).isPresent());
        TrustMaterial material = replica.current().orElseThrow();
        soon(() -> assertThat(caBundles()).containsExactly(material.caBundle(), material.caBundle()));
        assertThat(secret().getType()).isEqualTo("fairlead.dev/certificates");
        assertThat(replica.times().orElseThrow().leaf()).isEqualTo(Pki.START.plus(Duration.ofDays(90)));
        assertThat(replica.times().orElseThrow().ca()).isEqualTo(Pki.START.plus(Duration.ofDays(365)));
    }

    @Test
    void withoutAWebhookConfigurationCertificatesAreIssuedAllTheSameAndItIsServedWhenItComes() {
        leader().start();
        soon(() -> assertThat(secret()).isNotNull());
        webhookConfiguration("namespace");
        soon(() -> assertThat(caBundles()).containsExactly(bundle()));
    }

    @Test
    void aCaBundleThatSomebodyResetIsMended() {
        webhookConfiguration("namespace", "pod");
        leader().start();
        soon(() -> assertThat(caBundles()).doesNotContain(""));
        client.admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName(settings.webhookConfiguration())
                .edit(configuration -> {
                    configuration.getWebhooks().get(1).getClientConfig().setCaBundle(null);
                    return configuration;
                });
        soon(() -> assertThat(caBundles()).containsExactly(bundle(), bundle()));
    }

    @Test
    void whatIsRightIsNotWrittenAgain() {
        webhookConfiguration("namespace");
        TrustKeeper keeper = leader();
        keeper.keep();
        String secretVersion = secret().getMetadata().getResourceVersion();
        String webhookVersion = webhookVersion();
        keeper.keep();
        clock.pass(Duration.ofDays(20));
        keeper.keep();
        assertThat(secret().getMetadata().getResourceVersion()).isEqualTo(secretVersion);
        assertThat(webhookVersion()).isEqualTo(webhookVersion);
    }

    private String webhookVersion() {
        return client.admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName(settings.webhookConfiguration())
                .get()
                .getMetadata()
                .getResourceVersion();
    }

    @Test
    void whoDoesNotLeadWritesNothingUntilItDoes() {
        webhookConfiguration("namespace");
        FixedLeadership leadership = new FixedLeadership(false);
        TrustKeeper keeper = keeper(leadership);
        keeper.keep();
        assertThat(secret()).isNull();
        assertThat(caBundles()).containsExactly("");

        keeper.start();
        leadership.gain();
        soon(() -> assertThat(secret()).isNotNull());
    }

    @Test
    void twoWhoThinkTheyLeadAgreeOnOneCa() throws Exception {
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread writer = new Thread(leader()::keep);
            writers.add(writer);
            writer.start();
        }
        for (Thread writer : writers) {
            writer.join();
        }
        TrustState agreed = state();
        leader().keep();
        assertThat(state().bundle()).isEqualTo(agreed.bundle()).hasSize(1);
        assertThat(secret().getMetadata().getResourceVersion())
                .as("resourceVersion")
                .isNotNull();
    }

    @Test
    void anOldViewOfTheSecretIsNeverWritten() {
        leader().keep();
        Secret old = secret();
        client.resource(new SecretBuilder(old)
                        .editMetadata()
                        .addToLabels("changed", "yes")
                        .endMetadata()
                        .build())
                .update();
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> client.resource(TrustSecret.write(old, state())).update())
                .isInstanceOfSatisfying(
                        io.fabric8.kubernetes.client.KubernetesClientException.class,
                        e -> assertThat(e.getCode()).isEqualTo(409));
    }

    @Test
    void aDeletedSecretIsIssuedAnewAndTheReplicasFollow() {
        webhookConfiguration("namespace");
        TrustWatch replica = watch();
        leader().start();
        soon(() -> assertThat(replica.current()).isPresent());
        TrustMaterial before = replica.current().orElseThrow();

        client.secrets()
                .inNamespace(settings.namespace())
                .withName(settings.secret())
                .delete();

        soon(() -> assertThat(replica.current().orElseThrow().caBundle()).isNotEqualTo(before.caBundle()));
        soon(() -> assertThat(caBundles())
                .containsExactly(replica.current().orElseThrow().caBundle()));
        TrustWatch restarted = watch();
        soon(() -> assertThat(restarted.everIssued())
                .as("pods that carry the CA that was lost are still ours")
                .contains(before.caBundle().strip()));
    }

    @Test
    void somebodyElsesSecretIsReplacedAndNeverServed() {
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(settings.namespace())
                        .withName(settings.secret())
                        .endMetadata()
                        .addToStringData("tls.crt", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")
                        .addToStringData("ca.crt", "garbage")
                        .addToStringData("other", "entry")
                        .build())
                .create();
        TrustWatch replica = watch();
        await().atMost(30, TimeUnit.SECONDS).until(replica::hasSynced);
        assertThat(replica.current()).isEmpty();
        leader().start();
        soon(() -> assertThat(replica.current()).isPresent());
        assertThat(secret().getData()).containsOnlyKeys("ca.crt", "ca.key", "tls.crt", "tls.key");
    }

    @Test
    void whatIsHalfWrittenDoesNotReplaceWhatWorks() {
        leader().keep();
        TrustWatch replica = watch();
        AtomicInteger sightings = new AtomicInteger();
        replica.onSighting(sightings::incrementAndGet);
        soon(() -> assertThat(replica.current()).isPresent());
        TrustMaterial before = replica.current().orElseThrow();
        int seen = sightings.get();

        client.secrets()
                .inNamespace(settings.namespace())
                .withName(settings.secret())
                .edit(secret -> {
                    secret.getData().put("tls.key", secret.getData().get("ca.key"));
                    return secret;
                });

        soon(() -> assertThat(sightings).hasValueGreaterThan(seen));
        assertThat(replica.current()).contains(before);
        leader().keep();
        soon(() ->
                assertThat(replica.current().orElseThrow().certificateChain()).isNotEqualTo(before.certificateChain()));
        assertThat(replica.current().orElseThrow().caBundle())
                .as("the CA was sound")
                .isEqualTo(before.caBundle());
    }

    @Test
    void aWholeRotationIsSeenByReplicasAndWebhook() {
        webhookConfiguration("namespace", "pod");
        TrustKeeper keeper = leader();
        keeper.keep();
        TrustWatch replica = watch();
        List<TrustMaterial> heard = new java.util.concurrent.CopyOnWriteArrayList<>();
        replica.onChange(heard::add);
        String first = bundle();
        for (int day = 0; day < 400; day += 2) {
            clock.pass(Duration.ofDays(2));
            keeper.keep();
            assertThat(caBundles()).containsOnly(bundle());
        }
        String last = bundle();
        assertThat(last).doesNotContain(first);
        assertThat(state().other()).isEmpty();
        soon(() -> assertThat(replica.current().orElseThrow().caBundle()).isEqualTo(last));
        assertThat(replica.everIssued()).as("pods of a year ago carry it").isEqualTo(last + first);
        // Watches may leave states out, but a bundle of two was there for months.
        assertThat(heard)
                .anySatisfy(material ->
                        assertThat(material.caBundle()).startsWith(first).hasSizeGreaterThan(first.length()));
        assertThat(heard)
                .anySatisfy(material ->
                        assertThat(material.caBundle()).endsWith(first).hasSizeGreaterThan(first.length()));
    }
}
