package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.fairlead.api.generation.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What is known about a {@link Tenant}. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(value = SchemaPatch.class, input = Conditions.SCHEMA)
public class TenantStatus {
    @JsonPropertyDescription("The metadata.generation that this status describes.")
    @Min(0)
    private Long observedGeneration;

    @JsonPropertyDescription("What is true of this object; one entry for each type.")
    @Size(max = 16)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private List<Condition> conditions = new ArrayList<>();

    @JsonPropertyDescription("Namespaces that exist and belong to this tenant.")
    @Min(0)
    @Max(2147483647)
    private Integer namespaces;

    @JsonPropertyDescription("Subscriptions in the namespaces of this tenant.")
    @Min(0)
    @Max(2147483647)
    private Integer subscriptions;

    public Long getObservedGeneration() {
        return observedGeneration;
    }

    public void setObservedGeneration(Long observedGeneration) {
        this.observedGeneration = observedGeneration;
    }

    public List<Condition> getConditions() {
        return conditions;
    }

    public void setConditions(List<Condition> conditions) {
        this.conditions = conditions == null ? new ArrayList<>() : conditions;
    }

    public Integer getNamespaces() {
        return namespaces;
    }

    public void setNamespaces(Integer namespaces) {
        this.namespaces = namespaces;
    }

    public Integer getSubscriptions() {
        return subscriptions;
    }

    public void setSubscriptions(Integer subscriptions) {
        this.subscriptions = subscriptions;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TenantStatus that
                && Objects.equals(observedGeneration, that.observedGeneration)
                && Objects.equals(conditions, that.conditions)
                && Objects.equals(namespaces, that.namespaces)
                && Objects.equals(subscriptions, that.subscriptions);
    }

    @Override
    public int hashCode() {
        return Objects.hash(observedGeneration, conditions, namespaces, subscriptions);
    }

    @Override
    public String toString() {
        return "TenantStatus[observedGeneration=" + observedGeneration + ", conditions=" + conditions + ", namespaces="
                + namespaces + ", subscriptions=" + subscriptions + "]";
    }
}
