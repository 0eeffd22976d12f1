package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;

/** One place a call may go. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class RouteTarget {
    @JsonPropertyDescription(
            "The name of the target in this model, shown in the header x-fairlead-target and in records.")
    @Required
    @Pattern(Formats.DNS_LABEL)
    @Size(min = 1, max = 63)
    private String name;

    @JsonPropertyDescription("The KeyPool that pays for the call.")
    @Required
    private KeyPoolRef keyPoolRef;

    @JsonPropertyDescription("What the provider calls the model. Default: what the client sent.")
    @Size(max = 256)
    @ValidationRule(
            value = "self.matches(r'" + Formats.MODEL + "')",
            messageExpression =
                    "\"target model '\" + self + \"' cannot be used: it is sent to the provider as it stands, so it "
                            + "has no * and no spaces; leave it out to send what the client sent\"")
    private String model;

    @JsonPropertyDescription("Lower goes first; equal ones share the load.")
    @Default("0")
    @Min(0)
    @Max(1000)
    private Integer priority;

    @JsonPropertyDescription("Share of the load among targets of one priority. 0 takes no new calls.")
    @Default("1")
    @Min(0)
    @Max(1000)
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
