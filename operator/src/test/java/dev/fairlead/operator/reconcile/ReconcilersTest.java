package dev.fairlead.operator.reconcile;

import static dev.fairlead.operator.reconcile.Compiled.acks;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.testing.ApiServer;
import dev.fairlead.api.testing.ApiServerExtension;
import dev.fairlead.api.v1alpha1.Approval;
import dev.fairlead.api.v1alpha1.KeyPool;
import dev.fairlead.operator.rollout.AckSummary;
import dev.fairlead.operator.world.ConditionType;
import dev.fairlead.operator.world.Entry;
import dev.fairlead.operator.world.Workload;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** On a real API server, with the roles that are shipped. */
@ExtendWith(ApiServerExtension.class)
class ReconcilersTest {
    private static final Duration QUIET = Duration.ofSeconds(2);

    private final Rig rig;

    ReconcilersTest(ApiServer server) {
        this.rig = new Rig(server, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void allFourKindsBecomeReadyAndTheirColumnsShowTheTruth() {
        rig.start();
        var pool = rig.pool("openai", "keys");
        var route = rig.route("chat", "openai", "Subscription");
        var tenant = rig.tenant("one");
        var subscription = rig.subscription("chat", "chat");
        rig.roll();

        rig.awaits(pool, ConditionType.READY, "True/Ready");
        rig.awaits(route, ConditionType.READY, "True/Ready");
        rig.awaits(tenant, ConditionType.READY, "True/Ready");
        rig.awaits(subscription, ConditionType.READY, "True/AwaitingApproval");

        String here = "namespaces/" + rig.namespace + "/";
        assertThat(rig.row(here + "keypools", "openai"))
                .containsAllEntriesOf(
                        Map.of("READY", "True", "PROVIDER", "OpenAI", "KEYS", "1/1", "PARKED", "0", "SIDECARS", "0/0"));
        assertThat(rig.row(here + "airoutes", "chat"))
                .isEqualTo(Map.of(
                        "READY", "True",
                        "MODELS", "1",
                        "TARGETS", "1",
                        "ACCESS", "Subscription",
                        "SIDECARS", "0/0"));
        assertThat(rig.row("tenants", rig.namespace + "-one"))
                .isEqualTo(Map.of("READY", "True", "NAMESPACES", "2", "SUBS", "1", "SUSPENDED", "false"));
        assertThat(rig.row("namespaces/" + rig.elsewhere + "/subscriptions", "chat"))
                .containsAllEntriesOf(Map.of("ROUTE", "chat", "APPROVED", "False", "READY", "True"));
        assertThat(rig.now(pool).getMetadata().getManagedFields())
                .as("nothing but the status is ours")
                .filteredOn(fields -> fields.getManager().equals("fairlead-operator"))
                .hasSize(1)
                .allSatisfy(fields -> assertThat(fields.getSubresource()).isEqualTo("status"));
        assertThat(rig.now(pool).getFinalizers()).isEmpty();
    }

    @Test
    void transitionsAreToldInEventsOnTheObject() {
        rig.start();
        var pool = rig.pool("openai", "keys");
        rig.roll();
        rig.awaits(pool, ConditionType.READY, "True/Ready");
        hasEvents(pool, "Normal/Ready");

        rig.secrets.clear();
        rig.roll();
        rig.awaits(pool, ConditionType.READY, "False/SecretNotFound");
        hasEvents(pool, "Normal/Ready", "Warning/NoUsableKey", "Warning/SecretNotFound");
        assertThat(rig.rawEventsOf(pool))
                .allSatisfy(event -> assertThat(event.getMessage()).doesNotContain("sk-aaaa"));

        rig.secrets.put(rig.namespace + "/keys", Map.of("a", new Entry.Value("sk-bbbb")));
        rig.roll();
        rig.awaits(pool, ConditionType.READY, "True/Ready");
        hasEvents(
                pool,
                "Normal/KeysAvailable",
                "Normal/Ready",
                "Normal/ResolvedRefs",
                "Warning/NoUsableKey",
                "Warning/SecretNotFound");
    }

    @Test
    void aModelThatIsGoneIsAConditionOfTheRouteUntilItAnswersAgain() {
        rig.start();
        var pool = rig.pool("openai", "keys");
        var route = rig.route("chat", "openai", "Namespace");
        rig.roll();
        rig.awaits(route, ConditionType.MODELS_OFFERED, "True/ModelsOffered");

        rig.gone(pool, "gpt-4o");
        var gone = rig.awaits(route, ConditionType.MODELS_OFFERED, "False/ModelGone");
        assertThat(Compiled.message(Rig.conditions(gone), ConditionType.MODELS_OFFERED))
                .startsWith("spec.models[0].targets[0]: the provider of KeyPool '" + rig.namespace
                        + "/openai' says that model 'gpt-4o' is gone.");
        assertThat(Compiled.said(Rig.conditions(gone), ConditionType.READY)).isEqualTo("True/Ready");

        rig.gone(pool);
        rig.awaits(route, ConditionType.MODELS_OFFERED, "True/ModelsOffered");
        hasEvents(route, "Normal/ModelsOffered", "Normal/Ready", "Warning/ModelGone");
    }

    @Test
    void eventsAboutATenantGoToNamespaceDefault() {
        rig.start();
        var tenant = rig.tenant("one");
        rig.roll();
        rig.awaits(tenant, ConditionType.READY, "True/Ready");
        hasEvents(tenant, "Normal/Ready");
    }

    @Test
    void programmedComesFromAcknowledgementsAlone() {
        rig.start();
        var pool = rig.pool("openai", "keys");
        rig.ack(pool, acks(3, 1));
        rig.roll();
        rig.awaits(pool, ConditionType.PROGRAMMED, "Unknown/Distributing");
        rig.awaits(pool, ConditionType.READY, "Unknown/Distributing");

        rig.ack(pool, acks(3, 3));
        var programmed = rig.awaits(pool, ConditionType.PROGRAMMED, "True/Programmed");
        assertThat(programmed.getStatus().getSidecars()).isEqualTo("3/3");

        rig.ack(
                pool,
                new AckSummary(
                        3,
                        2,
                        1,
                        Optional.of(new AckSummary.Rejection(
                                new Workload(rig.namespace, "Job/one", "default", Map.of()),
                                "pools[0].baseUrl",
                                "has no host"))));
        var rejected = rig.awaits(pool, ConditionType.READY, "False/RejectedBySidecar");
        assertThat(Compiled.message(Rig.conditions(rejected), ConditionType.PROGRAMMED))
                .startsWith("2/3 ")
                .contains("pools[0].baseUrl has no host");
        await().untilAsserted(() -> assertThat(rig.eventsOf(pool)).contains("Warning/RejectedBySidecar"));
    }

    @Test
    void aStatusThatIsRightIsNotWrittenAgain() {
        rig.start();
        var pool = rig.pool("openai", "keys");
        rig.roll();
        rig.awaits(pool, ConditionType.READY, "True/Ready");
        String version = rig.now(pool).getMetadata().getResourceVersion();

        for (int i = 0; i < 5; i++) {
            rig.roll();
            rig.ack(pool, AckSummary.NONE);
            rig.gainLeadership();
        }

        staysAt(pool, version);
    }

    @Test
    void aCountIsWrittenEveryFiveSecondsAtMost() {
        rig.start();
        var pool = rig.pool("openai", "keys");
        rig.ack(pool, acks(2, 2));
        rig.roll();
        rig.awaits(pool, ConditionType.PROGRAMMED, "True/Programmed");
        Instant first = Instant.now();
        String version = rig.now(pool).getMetadata().getResourceVersion();

        rig.ack(pool, acks(3, 3));

        await().during(Duration.ofSeconds(1))
                .atMost(Duration.ofSeconds(30))
                .until(() -> rig.now(pool).getMetadata().getResourceVersion().equals(version)
                        || Instant.now().isAfter(first.plusSeconds(3)));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(rig.now(pool).getStatus().getSidecars()).isEqualTo("3/3"));
    }

    @Test
    void aBadObjectStopsNoOther() {
        rig.start();
        var keyless = rig.pool("keyless", "gone");
        var route = rig.route("lost", "nowhere", "Namespace");
        var pool = rig.pool("openai", "keys");
        rig.roll();
        rig.awaits(keyless, ConditionType.READY, "False/SecretNotFound");
        rig.awaits(route, ConditionType.READY, "False/RefNotPermitted");
        rig.awaits(pool, ConditionType.READY, "True/Ready");
        assertThat(rig.healthy()).isTrue();
        await().untilAsserted(() -> assertThat(rig.eventsOf(route)).contains("Warning/RefNotPermitted"));
    }

    @Test
    void anObjectThatNoSchemaWouldLetThroughStopsNoOther() {
        var odd = rig.storeUnchecked("""
                apiVersion: fairlead.dev/v1alpha1
                kind: KeyPool
                metadata: {name: odd, namespace: %s}
                spec: {provider: [1, 2], keys: {a: b}, wait: none, auth: 7, selection: {strategy: {x: y}}}
                """.formatted(rig.namespace));
        rig.start();
        var pool = rig.pool("openai", "keys");
        rig.roll();
        rig.awaits(pool, ConditionType.READY, "True/Ready");
        rig.secrets.clear();
        rig.roll();
        rig.awaits(pool, ConditionType.READY, "False/SecretNotFound");
        assertThat(rig.healthy()).isTrue();
        rig.client.resource(odd).delete();
    }

    @Test
    void aFollowerWritesNothingAndALeaderEverythingAtOnce() {
        rig.leader = false;
        rig.start();
        var pool = rig.pool("openai", "keys");
        var tenant = rig.tenant("one");
        rig.roll();
        staysAt(pool, pool.getMetadata().getResourceVersion());
        assertThat(rig.now(tenant).getStatus()).isNull();
        assertThat(rig.eventsOf(pool)).isEmpty();

        rig.gainLeadership();

        rig.awaits(pool, ConditionType.READY, "True/Ready");
        rig.awaits(tenant, ConditionType.READY, "True/Ready");
    }

    @Test
    void aGenerationThatWasNotCompiledYetIsNotClaimed() {
        rig.start();
        var pool = rig.pool("openai", "keys");
        rig.roll();
        rig.awaits(pool, ConditionType.READY, "True/Ready");

        var edited = rig.client.resource(rig.now(pool)).edit(current -> {
            current.getSpec().getKeys().get(0).getSecretRef().setName("gone");
            return current;
        });
        rig.ack(pool, acks(1, 1));
        staysAt(pool, edited.getMetadata().getResourceVersion());
        assertThat(rig.now(pool).getStatus().getObservedGeneration()).isEqualTo(1);

        rig.roll();
        var described = rig.awaits(pool, ConditionType.READY, "False/SecretNotFound");
        assertThat(described.getStatus().getObservedGeneration()).isEqualTo(2);
        assertThat(Rig.conditions(described))
                .extracting(Condition::getObservedGeneration)
                .containsOnly(2L);
    }

    @Test
    void whatWasEditedWhileNoOperatorRanIsDescribedAfterTheStart() {
        rig.start();
        var pool = rig.pool("openai", "keys");
        rig.roll();
        var ready = rig.awaits(pool, ConditionType.READY, "True/Ready");
        rig.stop();
        rig.client.resource(ready).edit(current -> {
            current.getSpec().getKeys().get(0).getSecretRef().setName("gone");
            return current;
        });

        rig.roll();
        rig.start();

        rig.awaits(pool, ConditionType.READY, "False/SecretNotFound");
    }

    @Test
    void aRecreatedObjectIsNotDescribedByTheReportOfTheOldOne() {
        rig.start();
        var pool = rig.pool("openai", "gone");
        rig.roll();
        rig.awaits(pool, ConditionType.READY, "False/SecretNotFound");
        rig.client.resource(pool).delete();
        var again = rig.pool("openai", "keys");
        rig.ack(again, acks(1, 1));
        staysAt(again, again.getMetadata().getResourceVersion());
        rig.roll();
        rig.awaits(again, ConditionType.READY, "True/Ready");
    }

    @Test
    void aKeyThatComesToItsEndIsExpiredWithoutAnybodyDoingAnything() {
        rig.start();
        var end = Instant.now().plusSeconds(8).truncatedTo(ChronoUnit.SECONDS);
        var pool = rig.apply(KeyPool.class, """
                apiVersion: fairlead.dev/v1alpha1
                kind: KeyPool
                metadata: {name: ends}
                spec: {provider: {type: OpenAI}, keys: [{name: a, secretRef: {name: keys, key: a}, notAfter: "%s"}]}
                """.formatted(end));
        rig.roll();
        rig.awaits(pool, ConditionType.KEYS_AVAILABLE, "True/KeysAvailable");
        rig.awaits(pool, ConditionType.KEYS_AVAILABLE, "False/KeysRefused");
        assertThat(Instant.now()).isBetween(end, end.plusSeconds(5));
        assertThat(rig.row("namespaces/" + rig.namespace + "/keypools", "ends")).containsEntry("KEYS", "0/1");
        hasEvents(pool, "Normal/Ready", "Warning/KeysRefused");
    }

    @Test
    void theLoserOfANamespaceIsToldAndTheColumnsAgree() {
        rig.start();
        var winner = rig.tenant("a");
        var loser = rig.tenant("b");
        rig.roll();
        rig.awaits(winner, ConditionType.READY, "True/Ready");
        rig.awaits(loser, ConditionType.CONFLICTED, "True/NamespaceTaken");
        rig.awaits(loser, ConditionType.READY, "False/NamespaceTaken");
        assertThat(rig.row("tenants", loser.getMetadata().getName())).containsEntry("NAMESPACES", "0");
        hasEvents(loser, "Warning/NamespaceTaken");
        rig.client.resource(winner).delete();
        rig.roll();
        rig.awaits(loser, ConditionType.READY, "True/Ready");
    }

    @Test
    void aSubscriptionIsDecidedAboutAndEndsByTheClock() {
        rig.start();
        rig.pool("openai", "keys");
        rig.route("chat", "openai", "Subscription");
        var subscription = rig.subscription("chat", "chat");
        rig.roll();
        rig.awaits(subscription, ConditionType.APPROVED, "False/PendingApproval");
        rig.awaits(subscription, ConditionType.READY, "True/AwaitingApproval");
        hasEvents(subscription, "Normal/AwaitingApproval", "Normal/PendingApproval");

        String end =
                Instant.now().plusSeconds(8).truncatedTo(ChronoUnit.SECONDS).toString();
        rig.client.resource(rig.now(subscription)).edit(current -> {
            current.getSpec().setApproval(new Approval());
            current.getSpec().getApproval().setDecision("Approved");
            current.getSpec().getApproval().setNotAfter(end);
            return current;
        });
        rig.roll();
        rig.awaits(subscription, ConditionType.APPROVED, "True/ApprovedByOwner");
        assertThat(rig.row("namespaces/" + rig.elsewhere + "/subscriptions", "chat"))
                .containsEntry("EXPIRES", end)
                .containsEntry("APPROVED", "True");

        rig.awaits(subscription, ConditionType.READY, "False/Expired");
        rig.awaits(subscription, ConditionType.STALLED, "True/Expired");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(rig.eventsOf(subscription)).contains("Warning/Expired"));
    }

    private void hasEvents(HasMetadata object, String... events) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(rig.eventsOf(object)).containsExactlyInAnyOrder(events));
    }

    private void staysAt(HasMetadata object, String version) {
        await().during(QUIET)
                .atMost(QUIET.plusSeconds(30))
                .until(() -> version.equals(rig.now(object).getMetadata().getResourceVersion()));
    }
}
