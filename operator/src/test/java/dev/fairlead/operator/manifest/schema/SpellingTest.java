package dev.fairlead.operator.manifest.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
    private final Spelling spelling =
            new Spelling(List.of("keys", "provider", "selection", "secretRef", "auth", "wait"));

    @ParameterizedTest
    @CsvSource({
        "key, keys",
        "KEYS, keys",
        "kesy, keys",
        "providers, provider",
        "porvider, provider",
        "secretref, secretRef",
        "secret_ref, secretRef",
        "selector, selection"
    })
    void findsWhatWasMeant(String given, String meant) {
        assertThat(spelling.nearest(given)).contains(meant);
        assertThat(spelling.hint(given)).isEqualTo(", did you mean \"" + meant + "\"?");
    }

    @ParameterizedTest
    @CsvSource({"coordination", "x", "limits", "''"})
    void saysNothingRatherThanNonsense(String given) {
        assertThat(spelling.nearest(given)).isEmpty();
        assertThat(spelling.hint(given)).isEmpty();
    }

    @Test
    void aHugeWordCostsNothing() {
        assertThat(spelling.nearest("k".repeat(2_000_000))).isEmpty();
    }
}
