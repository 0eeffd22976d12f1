package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.fairlead.api.generation.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What is known about a {@link Subscription}. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(value = SchemaPatch.class, input = Conditions.SCHEMA)
public class SubscriptionStatus {
    @JsonPropertyDescription("The metadata.generation that this status describes.")
    @Min(0)
    private Long observedGeneration;

    @JsonPropertyDescription("What is true of this object; one entry for each type.")
    @Size(max = 16)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private List<Condition> conditions = new ArrayList<>();

    @JsonPropertyDescription(
            "When it ends: the earlier of spec.expiresAt and spec.approval.notAfter. Absent for never.")
    @Size(max = 64)
    private String expires;

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

    public String getExpires() {
        return expires;
    }

    public void setExpires(String expires) {
        this.expires = expires;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SubscriptionStatus that
                && Objects.equals(observedGeneration, that.observedGeneration)
                && Objects.equals(conditions, that.conditions)
                && Objects.equals(expires, that.expires);
    }

    @Override
    public int hashCode() {
        return Objects.hash(observedGeneration, conditions, expires);
    }

    @Override
    public String toString() {
        return "SubscriptionStatus[observedGeneration=" + observedGeneration + ", conditions=" + conditions
                + ", expires=" + expires + "]";
    }
}
