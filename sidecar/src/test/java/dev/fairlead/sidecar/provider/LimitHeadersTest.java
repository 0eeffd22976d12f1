package dev.fairlead.sidecar.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitHeadersTest {
    private static final LimitHeaders.Names NEW = new LimitHeaders.Names("new-limit", "new-left", "new-reset");
    private static final LimitHeaders.Names OLD = new LimitHeaders.Names("old-limit", "old-left", null);
    private static final LimitHeaders.Names TOKENS = new LimitHeaders.Names("t-limit", "t-left", "t-reset");

    private final LimitHeaders limits =
            new LimitHeaders(Map.of("requests", List.of(NEW, OLD), "tokens", List.of(TOKENS)));
    private final Map<String, String> headers = new HashMap<>();

    @Test
    void responseWithoutLimitHeadersCostsNoObject() {
        assertThat(limits.read(headers::get, 0)).isSameAs(LimitSnapshot.NOTHING);
    }

    @Test
    void firstShapeThatIsPresentIsRead() {
        headers.putAll(
                Map.of("new-limit", "10", "new-left", "9", "new-reset", "6s", "old-limit", "1", "old-left", "0"));
        assertThat(limits.read(headers::get, 0)).isEqualTo(new LimitSnapshot(9, 10, 6_000, -1, -1, -1));
    }

    @Test
    void laterShapeIsReadWhereTheFirstIsAbsent() {
        headers.putAll(Map.of("old-limit", "1", "old-left", "0", "new-reset", "6s"));
        assertThat(limits.read(headers::get, 0)).isEqualTo(new LimitSnapshot(0, 1, -1, -1, -1, -1));
    }

    @Test
    void limitsThatTheProviderDoesNotKnowAreSilence() {
        headers.putAll(Map.of("t-limit", "-1", "t-left", "-1", "t-reset", "0"));
        assertThat(limits.read(headers::get, 0)).isSameAs(LimitSnapshot.NOTHING);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "100, 100",
        "' 100 ', 100",
        "9.0, 9",
        "'100, 100;w=60', 100",
        "100;w=60, 100",
        "-1, -1",
        "'', -1",
        "many, -1",
        "1e3, -1",
        "99999999999999999999, -1"
    })
    void countsAreWholeNumbersOrUnknown(String written, long count) {
        headers.putAll(Map.of("t-limit", "5", "t-left", written));
        assertThat(limits.read(headers::get, 0).tokens().remaining()).isEqualTo(count);
    }
}
