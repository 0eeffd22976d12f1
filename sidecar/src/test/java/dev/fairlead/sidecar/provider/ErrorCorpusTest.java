package dev.fairlead.sidecar.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorCorpusTest {
    private final ProviderProfiles profiles = ProviderProfiles.load();

    @Test
    void recordedErrorsGetTheirClass() {
        List<String> misses = new ArrayList<>();
        for (JsonNode e : Corpus.errors()) {
            Verdict v = Corpus.classify(profiles, e);
            String want = e.get("expect").get("class").asText();
            var reset = e.get("expect").get("reset_ms");
            String tags = e.get("expect").path("tags").toString();
            System.out.printf(
                    "%-16s %3d %-15s %-15s %s reset want %s got %s tags %s got %s %s %s%n",
                    e.get("id").asText(),
                    e.get("status").asInt(),
                    want,
                    v.clazz().wireName(),
                    want.equals(v.clazz().wireName()) ? "" : "MISS",
                    reset,
                    v.resetMs(),
                    tags,
                    v.tags(),
                    v.scope(),
                    v.ruleId());
            if (!want.equals(v.clazz().wireName())) {
                misses.add(e.get("id").asText());
            }
        }
        assertThat(misses).isEmpty();
    }
}
