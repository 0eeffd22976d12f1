package dev.fairlead.sidecar.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecorderTest {
    @Test
    void aSettledCallIsCountedAndRecordedWithTheSumOfItsAttempts() {
        List<Long> counted = new ArrayList<>();
        RecordRing ring = new RecordRing(1 << 10, () -> {});
        Recorder recorder = new Recorder(facts -> counted.add(facts.usage.inputTokens()), ring);

        recorder.settle(SampleCalls.failedOver());

        assertThat(counted).containsExactly(1_200L);
        CallFacts read = new CallFacts();
        assertThat(ring.poll(read, ring.end())).isNotNull();
        assertThat(read.usage.outputTokens()).isEqualTo(345);
    }

    @Test
    void aCallIsCountedThoughItsRecordFindsNoRoom() {
        List<CallFacts> counted = new ArrayList<>();
        RecordRing ring = new RecordRing(1 << 4, () -> {});
        Recorder recorder = new Recorder(counted::add, ring);

        recorder.settle(SampleCalls.failedOver());

        assertThat(counted).hasSize(1);
        assertThat(ring.dropped()).isEqualTo(1);
    }

    @Test
    void withoutARingCallsAreOnlyCounted() {
        List<CallFacts> counted = new ArrayList<>();
        new Recorder(counted::add, null).settle(SampleCalls.failedOver());
        assertThat(counted).hasSize(1);
    }
}
