package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.fairlead.api.generation.SchemaPatch;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What belongs to a {@link Tenant}. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "(has(self.namespaces) && size(self.namespaces) > 0) || has(self.namespaceSelector)",
        message = "a Tenant without namespaces has no effect: give namespaces, namespaceSelector or both")
@SchemaCustomizer(value = SchemaPatch.class, input = """
        properties:
          namespaces: {x-kubernetes-list-type: set}
        """)
public class TenantSpec {
    @JsonPropertyDescription("Namespaces of this tenant by name. A namespace belongs to one tenant: a name given here "
            + "beats selectors.")
    @Size(max = 256)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private List<@Pattern(Formats.DNS_LABEL) @Size(min = 1, max = 63) String> namespaces = new ArrayList<>();

    @JsonPropertyDescription("Namespaces of this tenant by their labels, in addition to namespaces.")
    @SchemaFrom(type = SelectorSchema.class)
    private LabelSelector namespaceSelector;

    @JsonPropertyDescription(
            "While true, every call from the namespaces of this tenant is refused with tenant_suspended.")
    @Default("false")
    private Boolean suspended;

    @JsonPropertyDescription("Fair share against other tenants, 1 to 1000, where calls compete: of the turns of those "
            + "that wait for a key, and of the limits that are divided among sidecars. Whoever wants less than its share "
            + "leaves the rest to others.")
    @Default("1")
    @Min(0)
    @Max(1000)
    @ValidationRule(
            value = "self != 0",
            message = "weight 0 would never let this tenant have a turn: it is 1 to 1000; to refuse its calls, set "
                    + "suspended to true")
    private Integer weight;

    public List<String> getNamespaces() {
        return namespaces;
    }

    public void setNamespaces(List<String> namespaces) {
        this.namespaces = namespaces == null ? new ArrayList<>() : namespaces;
    }

    public LabelSelector getNamespaceSelector() {
        return namespaceSelector;
    }

    public void setNamespaceSelector(LabelSelector namespaceSelector) {
        this.namespaceSelector = namespaceSelector;
    }

    public Boolean getSuspended() {
        return suspended;
    }

    public void setSuspended(Boolean suspended) {
        this.suspended = suspended;
    }

    public Integer getWeight() {
        return weight;
    }

    public void setWeight(Integer weight) {
        this.weight = weight;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TenantSpec that
                && Objects.equals(namespaces, that.namespaces)
                && Objects.equals(namespaceSelector, that.namespaceSelector)
                && Objects.equals(suspended, that.suspended)
                && Objects.equals(weight, that.weight);
    }

    @Override
    public int hashCode() {
        return Objects.hash(namespaces, namespaceSelector, suspended, weight);
    }

    @Override
    public String toString() {
        return "TenantSpec[namespaces=" + namespaces + ", namespaceSelector=" + namespaceSelector + ", suspended="
                + suspended + ", weight=" + weight + "]";
    }
}
