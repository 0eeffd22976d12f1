package dev.fairlead.sidecar.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Limit headers as providers really sent them; now is the response's own date. */
class LimitHeaderCorpusTest {
    private static final Set<String> REQUESTS = Set.of("requests", "req-minute", "requests-day", "default");
    private static final Set<String> TOKENS = Set.of("tokens", "tokens-minute");

    private final ProviderProfiles profiles = ProviderProfiles.load();

    @Test
    void everyRecordedDimensionIsReadToTheMillisecond() {
        int dimensions = 0;
        for (JsonNode set : Corpus.headerSets()) {
            LimitSnapshot read = read(set);
            for (JsonNode expected : set.get("expect")) {
                String name = expected.get("dimension").asText();
                if (REQUESTS.contains(name)) {
                    assertThat(List.of(read.remainingRequests(), read.limitRequests(), read.resetRequestsMs()))
                            .as(set.get("id").asText() + " " + name)
                            .isEqualTo(expected(expected));
                    dimensions++;
                } else if (TOKENS.contains(name)) {
                    assertThat(List.of(read.remainingTokens(), read.limitTokens(), read.resetTokensMs()))
                            .as(set.get("id").asText() + " " + name)
                            .isEqualTo(expected(expected));
                    dimensions++;
                }
            }
        }
        assertThat(dimensions).isGreaterThan(80);
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

    private static List<Long> expected(JsonNode dimension) {
        return List.of(
                dimension.path("remaining").asLong(LimitSnapshot.UNKNOWN),
                dimension.path("limit").asLong(LimitSnapshot.UNKNOWN),
                dimension.path("reset_ms").asLong(LimitSnapshot.UNKNOWN));
    }
}
