package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;

/** How a pool chooses among keys that can be used now. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class Selection {
    @JsonPropertyDescription("Headroom: the key whose account has most left. RoundRobin: one after the other.")
    @Default("Headroom")
    @Size(max = 32)
    @ValidationRule(
            value = "self in ['Headroom', 'RoundRobin']",
            messageExpression = "\"selection.strategy '\" + self + \"' is not one of Headroom, RoundRobin\"")
    private String strategy;

    public String getStrategy() {
        return strategy;
    }

    public void setStrategy(String strategy) {
        this.strategy = strategy;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Selection that && Objects.equals(strategy, that.strategy);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(strategy);
    }

    @Override
    public String toString() {
        return "Selection[strategy=" + strategy + "]";
    }
}
