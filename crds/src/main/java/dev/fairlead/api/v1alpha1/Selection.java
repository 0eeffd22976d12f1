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
    @JsonPropertyDescription(
            "Headroom: the key whose account has most left. RoundRobin: one after the other. Weighted: in "
                    + "exact proportion to the weights. FillFirst: the first of the list that can take the call.")
    @Default("Headroom")
    @Size(max = 32)
    @ValidationRule(
            value = "self in ['Headroom', 'RoundRobin', 'Weighted', 'FillFirst']",
            messageExpression =
                    "\"selection.strategy '\" + self + \"' is not one of Headroom, RoundRobin, Weighted, FillFirst\"")
    private String strategy;

    @JsonPropertyDescription("Which calls stay at one account as long as it has room, so that the provider finds their "
            + "prompts in its cache. Session: those that name one session, by the header x-fairlead-session "
            + "or in the request. Prefix: also those that begin alike. None: each goes where the strategy "
            + "says.")
    @Default("Session")
    @Size(max = 32)
    @ValidationRule(
            value = "self in ['None', 'Session', 'Prefix']",
            messageExpression = "\"selection.affinity '\" + self + \"' is not one of None, Session, Prefix\"")
    private String affinity;

    public String getStrategy() {
        return strategy;
    }

    public void setStrategy(String strategy) {
        this.strategy = strategy;
    }

    public String getAffinity() {
        return affinity;
    }

    public void setAffinity(String affinity) {
        this.affinity = affinity;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Selection that
                && Objects.equals(strategy, that.strategy)
                && Objects.equals(affinity, that.affinity);
    }

    @Override
    public int hashCode() {
        return Objects.hash(strategy, affinity);
    }

    @Override
    public String toString() {
        return "Selection[strategy=" + strategy + ", affinity=" + affinity + "]";
    }
}
