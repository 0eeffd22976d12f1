package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.fairlead.api.generation.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Who may call a route. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.mode != 'Namespace' || !has(self.allowedFrom)",
        message = "access.allowedFrom has no effect with access.mode Namespace, which admits only the route's "
                + "own namespace: remove it, or set mode to Open or Subscription")
@SchemaCustomizer(value = SchemaPatch.class, input = """
        properties:
          denied: {x-kubernetes-list-type: atomic}
        """)
public class Access {
    @JsonPropertyDescription("Namespace: workloads of the route's own namespace. Open: every workload that allowedFrom "
            + "admits. Subscription: those with an approved Subscription.")
    @Default("Namespace")
    @Size(max = 32)
    @ValidationRule(
            value = "self in ['Namespace', 'Open', 'Subscription']",
            messageExpression = "\"access.mode '\" + self + \"' is not one of Namespace, Open, Subscription\"")
    private String mode;

    @JsonPropertyDescription(
            "The namespaces to which this route exists at all. Default: Same with mode Namespace (where "
                    + "it must be left out), All with Open and Subscription.")
    private AllowedFrom allowedFrom;

    @JsonPropertyDescription("Tenants and namespaces that may not call this route, whatever a Subscription says.")
    @Size(max = 64)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private List<AccessDenial> denied = new ArrayList<>();

    public String getMode() {
        return mode;
    }

    public void setMode(String mode) {
        this.mode = mode;
    }

    public AllowedFrom getAllowedFrom() {
        return allowedFrom;
    }

    public void setAllowedFrom(AllowedFrom allowedFrom) {
        this.allowedFrom = allowedFrom;
    }

    public List<AccessDenial> getDenied() {
        return denied;
    }

    public void setDenied(List<AccessDenial> denied) {
        this.denied = denied == null ? new ArrayList<>() : denied;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Access that
                && Objects.equals(mode, that.mode)
                && Objects.equals(allowedFrom, that.allowedFrom)
                && Objects.equals(denied, that.denied);
    }

    @Override
    public int hashCode() {
        return Objects.hash(mode, allowedFrom, denied);
    }

    @Override
    public String toString() {
        return "Access[mode=" + mode + ", allowedFrom=" + allowedFrom + ", denied=" + denied + "]";
    }
}
