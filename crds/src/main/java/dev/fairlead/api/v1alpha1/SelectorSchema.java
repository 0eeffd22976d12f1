package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.fairlead.api.generation.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;

/** Stands in for Kubernetes' LabelSelector where the schema is generated: that type carries neither bounds nor rules. */
@ValidationRule(
        value = "(has(self.matchLabels) && size(self.matchLabels) > 0)"
                + " || (has(self.matchExpressions) && size(self.matchExpressions) > 0)",
        message = "an empty selector would match everything and is refused: add matchLabels or matchExpressions")
@SchemaCustomizer(value = SchemaPatch.class, input = """
        x-kubernetes-map-type: atomic
        properties:
          matchExpressions: {x-kubernetes-list-type: atomic}
        """)
abstract class SelectorSchema {
    @JsonPropertyDescription("Labels that must all be there with these values.")
    @Size(max = 32)
    @ValidationRule(
            value = "self.all(key, size(key) <= 317)",
            message = "a label key in matchLabels is longer than 317 characters, which no label can be: shorten it")
    public Map<String, @Pattern(Formats.LABEL_VALUE) @Size(max = 63) String> matchLabels;

    @JsonPropertyDescription("Requirements that must all be met, in addition to matchLabels.")
    @Size(max = 16)
    public List<SelectorRequirementSchema> matchExpressions;
}
