package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;

/** One place a call may go. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class RouteTarget {
    private String name;

    private KeyPoolRef keyPoolRef;

    private String model;

    private Integer priority;

    private Integer weight;

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public KeyPoolRef getKeyPoolRef() {
        return keyPoolRef;
    }

    public void setKeyPoolRef(KeyPoolRef keyPoolRef) {
        this.keyPoolRef = keyPoolRef;
    }

    public String getModel() {
        return model;
    }

    public void setModel(String model) {
        this.model = model;
    }

    public Integer getPriority() {
        return priority;
    }

    public void setPriority(Integer priority) {
        this.priority = priority;
    }

    public Integer getWeight() {
        return weight;
    }

    public void setWeight(Integer weight) {
        this.weight = weight;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RouteTarget that
                && Objects.equals(name, that.name)
                && Objects.equals(keyPoolRef, that.keyPoolRef)
                && Objects.equals(model, that.model)
                && Objects.equals(priority, that.priority)
                && Objects.equals(weight, that.weight);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, keyPoolRef, model, priority, weight);
    }

    @Override
    public String toString() {
        return "RouteTarget[name=" + name + ", keyPoolRef=" + keyPoolRef + ", model=" + model + ", priority=" + priority
                + ", weight=" + weight + "]";
    }
}
