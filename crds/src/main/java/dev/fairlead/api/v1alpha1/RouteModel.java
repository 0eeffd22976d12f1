package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.fairlead.api.generation.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A name that clients may send as {@code model}, and where it goes. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(value = SchemaPatch.class, input = """
        properties:
          targets: {x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [name]}
        """)
public class RouteModel {
    @JsonPropertyDescription(
            "What clients send as model: an exact name, prefix*, *suffix or *. An exact name wins over a "
                    + "pattern, a longer pattern over a shorter one.")
    @Required
    @Size(max = 256)
    @ValidationRule(
            value = "self.matches(r'" + Formats.MODEL_PATTERN + "')",
            messageExpression =
                    "\"model name '\" + self + \"' cannot be used: write an exact name, prefix*, *suffix or *; the "
                            + "* stands once, at the start or at the end, and there are no spaces\"")
    private String name;

    @JsonPropertyDescription(
            "Where calls for this model go. Targets of one priority share the load by weight; the next "
                    + "priority is used when those fail.")
    @Required
    @Size(min = 1, max = 16)
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
