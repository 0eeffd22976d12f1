package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.fairlead.api.generation.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Stands in for Kubernetes' LabelSelectorRequirement where the schema is generated. */
@ValidationRule(
        value = "!(self.operator in ['In', 'NotIn']) || (has(self.values) && size(self.values) > 0)",
        messageExpression =
                "\"operator \" + self.operator + \" on label '\" + self.key + \"' needs values: add at least one\"")
@ValidationRule(
        value = "!(self.operator in ['Exists', 'DoesNotExist']) || !has(self.values) || size(self.values) == 0",
        messageExpression =
                "\"operator \" + self.operator + \" on label '\" + self.key + \"' takes no values: remove them,"
                        + " or use In or NotIn\"")
@SchemaCustomizer(value = SchemaPatch.class, input = """
        properties:
          values: {x-kubernetes-list-type: atomic}
        """)
abstract class SelectorRequirementSchema {
    @JsonPropertyDescription("The label's key.")
    @Required
    @Pattern(Formats.LABEL_KEY)
    @Size(min = 1, max = 317)
    public String key;

    @JsonPropertyDescription(
            "In, NotIn: the value is, or is not, one of values. Exists, DoesNotExist: the label is there or not.")
    @Required
    @Size(max = 32)
    @ValidationRule(
            value = "self in ['In', 'NotIn', 'Exists', 'DoesNotExist']",
            messageExpression = "\"operator '\" + self + \"' is not one of In, NotIn, Exists, DoesNotExist\"")
    public String operator;

    @JsonPropertyDescription("Values of the label: at least one with In and NotIn, none with Exists and DoesNotExist.")
    @Size(max = 64)
    public List<@Pattern(Formats.LABEL_VALUE) @Size(max = 63) String> values;
}
