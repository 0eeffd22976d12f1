package dev.fairlead.sidecar.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fairlead.sidecar.provider.LimitSnapshot.Reading;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Limit headers as providers really sent them; now is the response's own date. */
class LimitHeaderCorpusTest {
    private final ProviderProfiles profiles = ProviderProfiles.load();

    @Test
    void everyRecordedDimensionIsReadToTheMillisecond() {
        int dimensions = 0;
        for (JsonNode set : Corpus.headerSets()) {
            LimitSnapshot read = read(set);
            for (JsonNode expected : set.get("expect")) {
                String name = expected.get("dimension").asText();
                Reading reading = reading(read, name, set.get("provider").asText());
                if (reading != null) {
                    assertThat(reading).as(set.get("id").asText() + " " + name).isEqualTo(expected(expected));
                    dimensions++;
                }
            }
        }
        assertThat(dimensions).isGreaterThan(100);
    }

    @Test
    void dimensionsThatAreNeitherRequestsNorTokensAreLeftAlone() {
        List<String> silent = new ArrayList<>();
        for (JsonNode set : Corpus.headerSets()) {
            if (read(set).equals(LimitSnapshot.NOTHING)) {
                silent.add(set.get("id").asText());
            }
        }
        assertThat(silent)
                .containsExactlyInAnyOrder("anthropic-unified-01", "huggingface-01", "mistral-08", "mistral-09");
    }

    private LimitSnapshot read(JsonNode set) {
        return Corpus.profileOf(profiles, set).limitHeaders().read(Corpus.headers(set), Corpus.now(set));
    }

    private static Reading reading(LimitSnapshot read, String dimension, String provider) {
        return switch (dimension) {
            case "requests" -> provider.equals("Groq") ? read.requestsPerDay() : read.requests();
            case "req-minute", "default" -> read.requests();
            case "requests-day" -> read.requestsPerDay();
            case "tokens", "tokens-minute" -> read.tokens();
            case "input-tokens" -> read.inputTokens();
            case "output-tokens" -> read.outputTokens();
            default -> null;
        };
    }

    private static Reading expected(JsonNode dimension) {
        return new Reading(
                dimension.path("remaining").asLong(LimitSnapshot.UNKNOWN),
                dimension.path("limit").asLong(LimitSnapshot.UNKNOWN),
                dimension.path("reset_ms").asLong(LimitSnapshot.UNKNOWN));
    }
}
