package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.fairlead.api.generation.SchemaPatch;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Some of the workloads of a namespace: a workload matches everything that is given. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "(has(self.serviceAccounts) && size(self.serviceAccounts) > 0) || has(self.selector)",
        message = "workloads is empty: give serviceAccounts, selector or both, or leave workloads out for all "
                + "workloads of the namespace")
@SchemaCustomizer(value = SchemaPatch.class, input = """
        properties:
          serviceAccounts: {x-kubernetes-list-type: set}
        """)
public class Workloads {
    @JsonPropertyDescription("Workloads that run as one of these ServiceAccounts.")
    @Size(max = 64)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private List<@Pattern(Formats.DNS_SUBDOMAIN) @Size(min = 1, max = 253) String> serviceAccounts = new ArrayList<>();

    @JsonPropertyDescription(
            "Workloads whose pods carry these labels. With serviceAccounts too, a workload must match " + "both.")
    @SchemaFrom(type = SelectorSchema.class)
    private LabelSelector selector;

    public List<String> getServiceAccounts() {
        return serviceAccounts;
    }

    public void setServiceAccounts(List<String> serviceAccounts) {
        this.serviceAccounts = serviceAccounts == null ? new ArrayList<>() : serviceAccounts;
    }

    public LabelSelector getSelector() {
        return selector;
    }

    public void setSelector(LabelSelector selector) {
        this.selector = selector;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Workloads that
                && Objects.equals(serviceAccounts, that.serviceAccounts)
                && Objects.equals(selector, that.selector);
    }

    @Override
    public int hashCode() {
        return Objects.hash(serviceAccounts, selector);
    }

    @Override
    public String toString() {
        return "Workloads[serviceAccounts=" + serviceAccounts + ", selector=" + selector + "]";
    }
}
