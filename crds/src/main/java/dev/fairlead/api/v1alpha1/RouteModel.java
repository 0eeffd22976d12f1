package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A name that clients may send as {@code model}, and where it goes. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class RouteModel {
    private String name;

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private List<RouteTarget> targets = new ArrayList<>();

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public List<RouteTarget> getTargets() {
        return targets;
    }

    public void setTargets(List<RouteTarget> targets) {
        this.targets = targets == null ? new ArrayList<>() : targets;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RouteModel that
                && Objects.equals(name, that.name)
                && Objects.equals(targets, that.targets);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, targets);
    }

    @Override
    public String toString() {
        return "RouteModel[name=" + name + ", targets=" + targets + "]";
    }
}
