package dev.fairlead.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.operator.world.Workload;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PodBookTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    private final PodBook book = new PodBook(Clock.fixed(NOW, ZoneOffset.UTC));

    private static PodBuilder pod(String name, String uid) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("team-a")
                .withName(name)
                .withUid(uid)
                .withLabels(Map.of("app", "chat"))
                .addNewOwnerReference()
                .withKind("StatefulSet")
                .withName("chat")
                .withController(true)
                .endOwnerReference()
                .endMetadata()
                .withNewSpec()
                .endSpec();
    }

    private static Pod phase(Pod pod, String phase) {
        return new PodBuilder(pod).withNewStatus().withPhase(phase).endStatus().build();
    }

    private static Workload chat() {
        return new Workload("team-a", "StatefulSet/chat", "default", Map.of("app", "chat"));
    }

    @Test
    void aSecondPodOfAWorkloadChangesNothing() {
        assertThat(book.noted(null, pod("a", "1").build())).isTrue();
        assertThat(book.noted(null, pod("b", "2").build())).isFalse();
        assertThat(book.workloads()).containsExactly(chat());
    }

    @Test
    void theLastPodOfAWorkloadTakesItAway() {
        var one = pod("a", "1").build();
        var two = pod("b", "2").build();
        book.noted(null, one);
        book.noted(null, two);

        assertThat(book.noted(one, null)).isFalse();
        assertThat(book.noted(two, null)).isTrue();
        assertThat(book.workloads()).isEmpty();
        assertThat(book.find("1")).isEmpty();
    }

    @Test
    void aHeartbeatChangesNothingButIsSeen() {
        var before = phase(pod("a", "1").build(), "Pending");
        var after = phase(before, "Running");
        book.noted(null, before);

        assertThat(book.noted(before, after)).isFalse();
        assertThat(book.find("1")).containsSame(after);
    }

    @Test
    void aPodThatHasEndedIsNoWorkloadAnyMoreButStillExists() {
        var running = phase(pod("a", "1").build(), "Running");
        var ended = phase(running, "Succeeded");
        book.noted(null, running);

        assertThat(book.noted(running, ended)).isTrue();
        assertThat(book.workloads()).isEmpty();
        assertThat(book.find("1")).isPresent();
        assertThat(book.noted(ended, null)).isFalse();
    }

    @Test
    void aPodOfTheSameNameIsAnotherPod() {
        var before = pod("a", "1").build();
        var after = pod("a", "2").build();
        var heard = new ArrayList<String>();
        book.onChange(heard::add);
        book.noted(null, before);

        assertThat(book.noted(before, after)).isFalse();
        book.tell(before, after);

        assertThat(heard).containsExactly("1", "2");
        assertThat(book.workloadOf("1")).isEmpty();
        assertThat(book.workloadOf("2")).contains(chat());
    }

    @Test
    void changedLabelsMakeAnotherWorkload() {
        var before = pod("a", "1").build();
        var after = new PodBuilder(before)
                .editMetadata()
                .addToLabels("tier", "gold")
                .endMetadata()
                .build();
        book.noted(null, before);

        assertThat(book.noted(before, after)).isTrue();
        assertThat(book.workloads())
                .containsExactly(
                        new Workload("team-a", "StatefulSet/chat", "default", Map.of("app", "chat", "tier", "gold")));
    }

    @Test
    void aPodThatShouldHaveEndedLongAgoDoesNotCount() {
        var ending = pod("a", "1")
                .editMetadata()
                .withDeletionTimestamp("2026-11-28T11:58:00Z")
                .endMetadata()
                .build();
        book.noted(null, ending);
        assertThat(book.workloads()).containsExactly(chat());

        var stuck = pod("a", "1")
                .editMetadata()
                .withDeletionTimestamp("2026-11-28T11:50:00Z")
                .endMetadata()
                .build();
        book.noted(ending, stuck);
        assertThat(book.workloads()).isEmpty();
    }
}
