package dev.fairlead.sidecar.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StreamOptionsMemoryTest {
    @Test
    void a_refusal_is_believed_for_an_hour() {
        var memory = new StreamOptionsMemory();
        assertThat(memory.refused(0)).isFalse();

        memory.refuse(1_000);
        assertThat(memory.refused(1_000)).isTrue();
        assertThat(memory.refused(3_600_999)).isTrue();
        assertThat(memory.refused(3_601_000)).isFalse();
    }
}
