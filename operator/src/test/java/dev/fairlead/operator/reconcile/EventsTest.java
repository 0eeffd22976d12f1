package dev.fairlead.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fairlead.api.testing.ApiServer;
import dev.fairlead.api.testing.ApiServerExtension;
import dev.fairlead.operator.cluster.ClusterClient;
import dev.fairlead.operator.testing.ShippedRoles;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ApiServerExtension.class)
class EventsTest {
    private final MutableClock clock = new MutableClock();
    private final String namespace = "events-" + UUID.randomUUID().toString().substring(0, 8);
    private final KubernetesClient everyone;
    private final KubernetesClient operator;
    private final Events events;

    EventsTest(ApiServer server) {
        everyone = server.client();
        operator = ClusterClient.connect(ShippedRoles.apply(server).operator());
        events = new Events(operator, "operator-0", clock);
        everyone.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
    }

    @AfterEach
    void close() {
        events.close();
        operator.close();
    }

    @Test
    void theSameContentIsOneEventThatCounts() {
        var about = about(namespace, "app");
        for (int i = 0; i < 3; i++) {
            events.emit(about, Events.WARNING, "PodDenied", "It shares its process namespace.");
        }
        events.emit(about, Events.NORMAL, "Injected", "It has a sidecar.");
        written(2);

        clock.advance(Duration.ofMinutes(6));
        events.emit(about, Events.WARNING, "PodDenied", "It shares its process namespace.");

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(stored())
                        .filteredOn(event -> event.getReason().equals("PodDenied"))
                        .singleElement()
                        .satisfies(event -> {
                            assertThat(event.getCount()).isEqualTo(4);
                            assertThat(event.getFirstTimestamp()).isEqualTo("2026-06-01T12:00:00Z");
                            assertThat(event.getLastTimestamp()).isEqualTo("2026-06-01T12:06:00Z");
                            assertThat(event.getType()).isEqualTo("Warning");
                            assertThat(event.getInvolvedObject().getName()).isEqualTo("app");
                            assertThat(event.getReportingComponent()).isEqualTo("fairlead.dev/operator");
                        }));
        assertThat(stored()).hasSize(2);
    }

    @Test
    void anEventThatCannotBeWrittenStopsNoOther() {
        events.emit(about("no-such-namespace", "app"), Events.WARNING, "PodDenied", "It is nowhere.");
        events.emit(about(namespace, "app"), Events.WARNING, "PodDenied", "It is somewhere.");
        written(1);
    }

    @Test
    void aLongMessageIsCutAndALongNameStillNamesAnEvent() {
        events.emit(about(namespace, "a".repeat(253)), Events.NORMAL, "Told", "x".repeat(5000));
        written(1);
        assertThat(stored().get(0).getMessage()).hasSize(Sentences.LONGEST);
    }

    @Test
    void moreThanCanWaitIsDroppedAndCallersGoOn() {
        for (int i = 0; i < 3000; i++) {
            events.emit(about("no-such-namespace", "app-" + i), Events.NORMAL, "Told", "It happened.");
        }
        events.close();
        events.emit(about(namespace, "late"), Events.NORMAL, "Told", "It happened.");
        assertThat(stored()).isEmpty();
    }

    private void written(int count) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(stored()).hasSize(count));
    }

    private List<Event> stored() {
        return everyone.v1().events().inNamespace(namespace).list().getItems();
    }

    private static ObjectReference about(String namespace, String name) {
        return new ObjectReferenceBuilder()
                .withApiVersion("apps/v1")
                .withKind("Deployment")
                .withNamespace(namespace)
                .withName(name)
                .build();
    }
}
