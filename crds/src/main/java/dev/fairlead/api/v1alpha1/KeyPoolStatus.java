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

/** What is known about a {@link KeyPool}. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(
        value = SchemaPatch.class,
        input = Conditions.SCHEMA + "  keyStates: {x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [name]}\n")
public class KeyPoolStatus {
    @JsonPropertyDescription("The metadata.generation that this status describes.")
    @Min(0)
    private Long observedGeneration;

    @JsonPropertyDescription("What is true of this object; one entry for each type.")
    @Size(max = 16)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private List<Condition> conditions = new ArrayList<>();

    @JsonPropertyDescription("The keys, counted by state.")
    private KeyCounts keys;

    @JsonPropertyDescription("How each key fares; of more than 256, those that take no calls first.")
    @Size(max = 256)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private List<KeyState> keyStates = new ArrayList<>();

    @JsonPropertyDescription("When the first of the parked keys takes calls again.")
    @Size(max = 64)
    private String nextReset;

    @JsonPropertyDescription("How much of the accounts' limits is left, rounded to 10.")
    @Min(0)
    @Max(100)
    private Integer headroomPercent;

    @JsonPropertyDescription("How soon nothing is left if calls go on as they do, such as <1m, <10m, <1h, <1d.")
    @Size(max = 16)
    private String exhaustsIn;

    @JsonPropertyDescription(
            "Sidecars that apply this pool, of those connected whose workloads may use it, such as 12/12.")
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

    public KeyCounts getKeys() {
        return keys;
    }

    public void setKeys(KeyCounts keys) {
        this.keys = keys;
    }

    public List<KeyState> getKeyStates() {
        return keyStates;
    }

    public void setKeyStates(List<KeyState> keyStates) {
        this.keyStates = keyStates == null ? new ArrayList<>() : keyStates;
    }

    public String getNextReset() {
        return nextReset;
    }

    public void setNextReset(String nextReset) {
        this.nextReset = nextReset;
    }

    public Integer getHeadroomPercent() {
        return headroomPercent;
    }

    public void setHeadroomPercent(Integer headroomPercent) {
        this.headroomPercent = headroomPercent;
    }

    public String getExhaustsIn() {
        return exhaustsIn;
    }

    public void setExhaustsIn(String exhaustsIn) {
        this.exhaustsIn = exhaustsIn;
    }

    public String getSidecars() {
        return sidecars;
    }

    public void setSidecars(String sidecars) {
        this.sidecars = sidecars;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyPoolStatus that
                && Objects.equals(observedGeneration, that.observedGeneration)
                && Objects.equals(conditions, that.conditions)
                && Objects.equals(keys, that.keys)
                && Objects.equals(keyStates, that.keyStates)
                && Objects.equals(nextReset, that.nextReset)
                && Objects.equals(headroomPercent, that.headroomPercent)
                && Objects.equals(exhaustsIn, that.exhaustsIn)
                && Objects.equals(sidecars, that.sidecars);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                observedGeneration, conditions, keys, keyStates, nextReset, headroomPercent, exhaustsIn, sidecars);
    }

    @Override
    public String toString() {
        return "KeyPoolStatus[observedGeneration=" + observedGeneration + ", conditions=" + conditions + ", keys="
                + keys + ", keyStates=" + keyStates + ", nextReset=" + nextReset + ", headroomPercent="
                + headroomPercent + ", exhaustsIn=" + exhaustsIn + ", sidecars=" + sidecars + "]";
    }
}
