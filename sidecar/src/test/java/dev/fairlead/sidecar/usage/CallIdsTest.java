package dev.fairlead.sidecar.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallIdsTest {
    @Test
    void idsDifferAndAreNeverZero() {
        CallIds ids = new CallIds(1);
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            seen.add(ids.next());
        }
        assertThat(seen).hasSize(10_000).doesNotContain(0L);
    }

    @Test
    void loopsWithDifferentSeedsDoNotRepeatEachOther() {
        CallIds one = new CallIds(1);
        CallIds other = new CallIds(2);
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            seen.add(one.next());
            seen.add(other.next());
        }
        assertThat(seen).hasSize(2_000);
    }

    @Test
    void textIsSixteenHexDigits() {
        assertThat(CallIds.text(0xabL)).isEqualTo("00000000000000ab");
        assertThat(CallIds.text(-1)).isEqualTo("ffffffffffffffff");
    }
}
