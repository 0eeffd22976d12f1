package dev.fairlead.sidecar.telemetry;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LogsTest {
    @Test
    void anUnknownLevelIsNamed() {
        assertThatThrownBy(() -> new Logs("loud"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("FAIRLEAD_LOG is 'loud': expected debug, info, warn or error");
    }
}
