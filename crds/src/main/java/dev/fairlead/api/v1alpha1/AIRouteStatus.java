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

/** What is known about an {@link AIRoute}. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(value = SchemaPatch.class, input = Conditions.SCHEMA)
public class AIRouteStatus {
    @JsonPropertyDescription("The metadata.generation that this status describes.")
    @Min(0)
    private Long observedGeneration;

    @JsonPropertyDescription("What is true of this object; one entry for each type.")
    @Size(max = 16)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private List<Condition> conditions = new ArrayList<>();

    @JsonPropertyDescription("Models that can be called.")
    @Min(0)
    @Max(64)
    private Integer models;

    @JsonPropertyDescription("Targets that can be used.")
    @Min(0)
    @Max(1024)
    private Integer targets;

    @JsonPropertyDescription(
            "Sidecars that apply this route, of those connected whose workloads may use it, such as 12/12.")
    @Size(max = 32)
    private String sidecars;

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

    public Integer getModels() {
        return models;
    }

    public void setModels(Integer models) {
        this.models = models;
    }

    public Integer getTargets() {
        return targets;
    }

    public void setTargets(Integer targets) {
        this.targets = targets;
    }

    public String getSidecars() {
        return sidecars;
    }

    public void setSidecars(String sidecars) {
        this.sidecars = sidecars;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AIRouteStatus that
                && Objects.equals(observedGeneration, that.observedGeneration)
                && Objects.equals(conditions, that.conditions)
                && Objects.equals(models, that.models)
                && Objects.equals(targets, that.targets)
                && Objects.equals(sidecars, that.sidecars);
    }

    @Override
    public int hashCode() {
        return Objects.hash(observedGeneration, conditions, models, targets, sidecars);
    }

    @Override
    public String toString() {
        return "AIRouteStatus[observedGeneration=" + observedGeneration + ", conditions=" + conditions + ", models="
                + models + ", targets=" + targets + ", sidecars=" + sidecars + "]";
    }
}
