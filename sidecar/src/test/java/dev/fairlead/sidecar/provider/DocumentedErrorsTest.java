package dev.fairlead.sidecar.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Errors as providers document them or as people report them, written down as one line each, with the rule that should decide. */
class DocumentedErrorsTest {
    private final ProviderProfiles profiles = ProviderProfiles.load();
    private final List<JsonNode> documented = Corpus.file("/dev/fairlead/sidecar/provider/documented-errors.jsonl");

    @Test
    void eachIsDecidedByTheRuleMadeForIt() {
        List<String> wrong = new ArrayList<>();
        for (JsonNode e : documented) {
            Verdict verdict = Corpus.classify(profiles, e);
            boolean right = verdict.clazz().wireName().equals(e.get("class").asText())
                    && verdict.ruleId().equals(e.get("rule").asText())
                    && (!e.has("resetMs")
                            || verdict.resetMs()
                                    .equals(OptionalLong.of(e.get("resetMs").asLong())))
                    && (!e.has("tags") || verdict.tags().equals(tags(e)));
            if (!right) {
                wrong.add(verdict + " for " + e);
            }
        }
        assertThat(documented).hasSizeGreaterThan(150);
        assertThat(wrong).isEmpty();
    }

    private static Set<Tag> tags(JsonNode line) {
        Set<Tag> tags = EnumSet.noneOf(Tag.class);
        line.get("tags").forEach(t -> tags.add(Tag.valueOf(t.asText())));
        return tags;
    }

    @Test
    void noRuleIsOutOfReach() throws IOException {
        Set<String> decided = Stream.concat(documented.stream(), Corpus.errors().stream())
                .map(e -> Corpus.classify(profiles, e).ruleId())
                .collect(Collectors.toCollection(TreeSet::new));
        decided.remove(ErrorClassifier.NO_RULE);
        assertThat(decided).isEqualTo(new TreeSet<>(Corpus.ruleIds()));
    }

    @Test
    void ruleNamesAreUniqueOverAllFiles() throws IOException {
        assertThat(Corpus.ruleIds()).doesNotHaveDuplicates();
    }
}
