package dev.fairlead.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectorTextTest {
    @Test
    void everyRequirementStandsInTheRequestInOneOrder() {
        var selector = new LabelSelectorBuilder()
                .addToMatchLabels("fairlead.dev/pool", "openai")
                .addToMatchExpressions(new LabelSelectorRequirement("team", "In", List.of("search", "ads")))
                .addToMatchExpressions(new LabelSelectorRequirement("stage", "NotIn", List.of("test")))
                .addToMatchExpressions(new LabelSelectorRequirement("paid", "Exists", null))
                .addToMatchExpressions(new LabelSelectorRequirement("old", "DoesNotExist", null))
                .build();
        assertThat(SelectorText.of(selector))
                .contains("!old,fairlead.dev/pool=openai,paid,stage notin (test),team in (ads,search)");
    }

    @Test
    void nobodyAsksForEverythingOrForWhatIsNotUnderstood() {
        assertThat(SelectorText.of(new LabelSelector())).isEmpty();
        assertThat(SelectorText.of(new LabelSelectorBuilder()
                        .addToMatchLabels("a", "b")
                        .addToMatchExpressions(new LabelSelectorRequirement("c", "Likes", List.of("d")))
                        .build()))
                .isEmpty();
        assertThat(SelectorText.of(new LabelSelectorBuilder()
                        .addToMatchExpressions(new LabelSelectorRequirement("c", "In", List.of()))
                        .build()))
                .isEmpty();
    }
}
