package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.Objects;

/** The namespaces that may refer to an object. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!has(self.namespaces) || self.namespaces != 'Selector' || has(self.selector)",
        message = "allowedFrom.namespaces is Selector but allowedFrom.selector is missing: add it, or set "
                + "namespaces to Same or All")
@ValidationRule(
        value = "!has(self.selector) || self.namespaces == 'Selector'",
        messageExpression =
                "\"allowedFrom.selector has no effect with allowedFrom.namespaces '\" + self.namespaces + \"': "
                        + "remove it, or set namespaces to Selector\"")
public class AllowedFrom {
    @JsonPropertyDescription(
            "Same: only the namespace of this object. All: every namespace. Selector: namespaces whose "
                    + "labels match selector.")
    @Default("Same")
    @Size(max = 32)
    @ValidationRule(
            value = "self in ['Same', 'All', 'Selector']",
            messageExpression = "\"allowedFrom.namespaces '\" + self + \"' is not one of Same, All, Selector\"")
    private String namespaces;

    @JsonPropertyDescription("Labels of the namespaces. Required with namespaces Selector, refused otherwise.")
    @SchemaFrom(type = SelectorSchema.class)
    private LabelSelector selector;

    public String getNamespaces() {
        return namespaces;
    }

    public void setNamespaces(String namespaces) {
        this.namespaces = namespaces;
    }

    public LabelSelector getSelector() {
        return selector;
    }

    public void setSelector(LabelSelector selector) {
        this.selector = selector;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AllowedFrom that
                && Objects.equals(namespaces, that.namespaces)
                && Objects.equals(selector, that.selector);
    }

    @Override
    public int hashCode() {
        return Objects.hash(namespaces, selector);
    }

    @Override
    public String toString() {
        return "AllowedFrom[namespaces=" + namespaces + ", selector=" + selector + "]";
    }
}
