package dev.fairlead.operator.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import org.junit.jupiter.api.Test;

class HasServedTest {
    private static Pod pod(String container, Boolean started, int restarts) {
        return new PodBuilder()
                .withNewStatus()
                .addNewInitContainerStatus()
                .withName(container)
                .withStarted(started)
                .withRestartCount(restarts)
                .endInitContainerStatus()
                .endStatus()
                .build();
    }

    @Test
    void aSidecarThatHasStartedOnceMayHoldSomethingAlsoWhileItStartsAgain() {
        assertThat(HasServed.of(pod("fairlead", true, 0))).isTrue();
        assertThat(HasServed.of(pod("fairlead", false, 1))).isTrue();
    }

    @Test
    void aPodOfWhichNothingIsKnownOrWhoseSidecarNeverStartedHoldsNothing() {
        assertThat(HasServed.of(new Pod())).isFalse();
        assertThat(HasServed.of(new PodBuilder().withNewStatus().endStatus().build()))
                .isFalse();
        assertThat(HasServed.of(pod("fairlead", false, 0))).isFalse();
        assertThat(HasServed.of(pod("fairlead", null, 0))).isFalse();
        assertThat(HasServed.of(pod("app", true, 3))).isFalse();
    }
}
