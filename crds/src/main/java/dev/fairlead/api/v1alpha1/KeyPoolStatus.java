package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What is known about a {@link KeyPool}. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class KeyPoolStatus {
    private Long observedGeneration;

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private List<Condition> conditions = new ArrayList<>();

    private KeyCounts keys;

    private String nextReset;

    private Integer headroomPercent;

    private String exhaustsIn;

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
                && Objects.equals(nextReset, that.nextReset)
                && Objects.equals(headroomPercent, that.headroomPercent)
                && Objects.equals(exhaustsIn, that.exhaustsIn)
                && Objects.equals(sidecars, that.sidecars);
    }

    @Override
    public int hashCode() {
        return Objects.hash(observedGeneration, conditions, keys, nextReset, headroomPercent, exhaustsIn, sidecars);
    }

    @Override
    public String toString() {
        return "KeyPoolStatus[observedGeneration=" + observedGeneration + ", conditions=" + conditions + ", keys="
                + keys + ", nextReset=" + nextReset + ", headroomPercent=" + headroomPercent + ", exhaustsIn="
                + exhaustsIn + ", sidecars=" + sidecars + "]";
    }
}
