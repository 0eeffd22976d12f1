package dev.fairlead.sidecar.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Errors as providers really sent them. A new recording is a new line in {@code corpus/errors}. */
class ErrorCorpusTest {
    /** Recordings whose class the response does not tell, with the reason. Each must still be a miss. */
    private static final Map<String, String> MISSES = Map.of();

    /** Recordings that are too large for their limit, which only the request tells: the response names a wait like any other. */
    private static final Set<String> OVERSIZE_BY_THE_REQUEST_ALONE = Set.of("azureopenai-016", "gemini-023");

    private final ProviderProfiles profiles = ProviderProfiles.load();
    private final List<JsonNode> recordings = Corpus.errors();

    @Test
    void everyRecordedErrorGetsItsClass() {
        Map<String, String> misses = new TreeMap<>();
        for (JsonNode e : recordings) {
            Verdict verdict = Corpus.classify(profiles, e);
            String expected = e.get("expect").get("class").asText();
            if (!verdict.clazz().wireName().equals(expected)) {
                misses.put(e.get("id").asText(), "expected " + expected + " got " + verdict);
            }
        }
        System.out.println(table(misses));
        assertThat(recordings).hasSizeGreaterThanOrEqualTo(171);
        assertThat(misses.keySet()).as(table(misses)).isEqualTo(MISSES.keySet());
        assertThat(misses.size()).isLessThanOrEqualTo(recordings.size() / 50);
    }

    @Test
    void everyRecordedResetIsFoundToTheMillisecond() {
        int resets = 0;
        for (JsonNode e : recordings) {
            JsonNode expected = e.get("expect").get("reset_ms");
            if (!expected.isNull()) {
                resets++;
                assertThat(Corpus.classify(profiles, e).resetMs())
                        .as(e.get("id").asText())
                        .hasValue(expected.asLong());
            }
        }
        assertThat(resets).isGreaterThan(15);
    }

    @Test
    void noResetIsInventedWhereNoneCanBeBelieved() {
        Set<String> invented = new TreeSet<>();
        for (JsonNode e : recordings) {
            Verdict verdict = Corpus.classify(profiles, e);
            boolean derived = !e.get("expect").get("reset_ms").isNull()
                    || verdict.has(Tag.RESET_AT)
                    || e.get("expect").path("reset_from").asText().contains("midnight")
                    || verdict.clazz() == FailureClass.DAILY;
            if (verdict.resetMs().isPresent() && !derived) {
                invented.add(e.get("id").asText());
            }
        }
        assertThat(invented).isEqualTo(OVERSIZE_BY_THE_REQUEST_ALONE);
    }

    @Test
    void everyRecordedTagThatTheResponseTellsIsFound() {
        Set<String> ours = StreamSupport.stream(List.of(Tag.values()).spliterator(), false)
                .map(Tag::wireName)
                .collect(Collectors.toSet());
        for (JsonNode e : recordings) {
            Set<String> expected = new TreeSet<>();
            e.get("expect").path("tags").forEach(t -> expected.add(t.asText().replace('-', '_')));
            expected.remove("account_bound 400");
            expected.retainAll(ours);
            if (!OVERSIZE_BY_THE_REQUEST_ALONE.contains(e.get("id").asText())) {
                Set<String> found = Corpus.classify(profiles, e).tags().stream()
                        .map(Tag::wireName)
                        .collect(Collectors.toSet());
                assertThat(found).as(e.get("id").asText()).containsAll(expected);
            }
        }
    }

    @Test
    void whatNeverFitsCoolsNothingAndWaitsForNothing() {
        List<Verdict> oversize = recordings.stream()
                .map(e -> Corpus.classify(profiles, e))
                .filter(v -> v.has(Tag.OVERSIZE))
                .toList();
        assertThat(oversize).hasSizeGreaterThan(5).allSatisfy(v -> {
            assertThat(v.scope()).isEqualTo(Scope.NOTHING);
            assertThat(v.resetMs()).isEmpty();
        });
    }

    private String table(Map<String, String> misses) {
        StringBuilder table = new StringBuilder();
        table.append(recordings.size() - misses.size()).append(" of ").append(recordings.size());
        table.append(" recorded errors classified as expected");
        misses.forEach((id, what) -> table.append('\n').append(id).append(": ").append(what));
        return table.toString();
    }
}
