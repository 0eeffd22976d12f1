package dev.fairlead.operator.inject;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnnouncerTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Hands clock = new Hands();
    private final Told told = new Told();
    private final Announcer announcer = new Announcer(told, told, clock);
    private final Pod pod =
            new PodBuilder().withNewMetadata().withName("app").endMetadata().build();

    @AfterEach
    void stop() {
        announcer.close();
    }

    @Test
    void aNamespaceGetsTwentyEventsAtOnceAndThenOneInTenSeconds() {
        refuse("noisy", 100);
        refuse("quiet", 1);
        awaitEvents(21);
        assertThat(told.counted).as("all are counted").hasSize(101);
        clock.now = clock.now.plusSeconds(9);
        refuse("noisy", 1);
        clock.now = clock.now.plusSeconds(1);
        refuse("noisy", 5);
        refuse("quiet", 1);
        awaitEvents(23);
        clock.now = clock.now.plusSeconds(3_600);
        refuse("noisy", 100);
        refuse("quiet", 1);
        awaitEvents(44);
    }

    @Test
    void inventedNamespacesTogetherGetTwoHundred() {
        for (int i = 0; i < 2_000; i++) {
            refuse("invented-" + i, 1);
        }
        clock.now = clock.now.plusSeconds(5);
        refuse("real", 10);
        awaitEvents(205);
    }

    @Test
    void aPodThatGetsItsSidecarCostsNothing() {
        for (int i = 0; i < 100; i++) {
            announcer.decided(pod, "team-a", InjectionReason.INJECTED, "");
        }
        refuse("team-a", 1);
        awaitEvents(1);
    }

    private void refuse(String namespace, int times) {
        for (int i = 0; i < times; i++) {
            announcer.decided(pod, namespace, InjectionReason.SHARED_PROCESSES, "spec.hostPID is true");
        }
    }

    private void awaitEvents(int count) {
        await().atMost(LONG).until(announcer::isIdle);
        assertThat(told.events).hasSize(count);
    }

    private static final class Hands extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("always UTC");
        }
    }
}
