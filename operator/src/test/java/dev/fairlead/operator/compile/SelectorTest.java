package dev.fairlead.operator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class SelectorTest {
    @Test
    void noSelectorMatchesNothingAndAnEmptyOneEverything() {
        assertThat(new Selector(null).matches(Map.of())).isFalse();
        assertThat(new Selector(new LabelSelector()).matches(Map.of())).isTrue();
    }

    @Test
    void inNeedsTheLabelAndNotInDoesNot() {
        assertThat(matches("In", List.of("a", "b"), Map.of("k", "a"))).isTrue();
        assertThat(matches("In", List.of("a", "b"), Map.of("k", "c"))).isFalse();
        assertThat(matches("In", List.of("a", "b"), Map.of())).isFalse();
        assertThat(matches("NotIn", List.of("a", "b"), Map.of("k", "a"))).isFalse();
        assertThat(matches("NotIn", List.of("a", "b"), Map.of("k", "c"))).isTrue();
        assertThat(matches("NotIn", List.of("a", "b"), Map.of())).isTrue();
    }

    @Test
    void whatCannotBeUnderstoodMatchesNothingAndSaysWhy() {
        for (var odd : List.of(
                requirement("in", List.of("a")),
                requirement("In", List.of()),
                requirement("Exists", List.of("a")),
                requirement(null, List.of("a")))) {
            assertThat(new Selector(odd).matches(Map.of("k", "a"))).isFalse();
            assertThat(new Selector(odd).problem()).isPresent();
        }
    }

    @Property
    void aLabelIsThereOrNot(@ForAll @Size(max = 4) Map<@AlphaChars @StringLength(1) String, String> labels) {
        assertThat(matches("Exists", List.of(), labels)).isEqualTo(labels.containsKey("k"));
        assertThat(matches("DoesNotExist", List.of(), labels)).isEqualTo(!labels.containsKey("k"));
    }

    @Property
    void everyPairHasToMatch(
            @ForAll @Size(max = 3) Map<@AlphaChars @StringLength(1) String, @AlphaChars @StringLength(1) String> wanted,
            @ForAll @Size(max = 3)
                    Map<@AlphaChars @StringLength(1) String, @AlphaChars @StringLength(1) String> labels) {
        var selector = new LabelSelectorBuilder().withMatchLabels(wanted).build();
        assertThat(new Selector(selector).matches(labels))
                .isEqualTo(labels.entrySet().containsAll(wanted.entrySet()));
    }

    private static boolean matches(String operator, List<String> values, Map<String, String> labels) {
        return new Selector(requirement(operator, values)).matches(labels);
    }

    private static LabelSelector requirement(String operator, List<String> values) {
        return new LabelSelectorBuilder()
                .addNewMatchExpression()
                .withKey("k")
                .withOperator(operator)
                .withValues(values)
                .endMatchExpression()
                .build();
    }
}
