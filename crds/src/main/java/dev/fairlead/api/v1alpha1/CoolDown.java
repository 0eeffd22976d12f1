package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.fairlead.api.generation.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** How long a key rests after the provider limited it. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!has(self.default) || !has(self.max) || !self.default.matches(r'" + Formats.POSITIVE_DURATION
                + "') || !self.max.matches(r'" + Formats.POSITIVE_DURATION
                + "') || duration(self.default) <= duration(self.max)",
        messageExpression =
                "\"coolDown.default \" + self.default + \" is longer than coolDown.max \" + self.max + \": lower "
                        + "the one or raise the other\"")
@ValidationRule(
        value = "!has(self.rules) || !has(self.max) || !self.max.matches(r'" + Formats.POSITIVE_DURATION
                + "') || self.rules.all(r, !has(r.rest) || !r.rest.matches(r'" + Formats.POSITIVE_DURATION
                + "') || duration(r.rest) <= duration(self.max))",
        messageExpression = "\"coolDown.rules[] has a rest that is longer than coolDown.max \" + self.max + \": lower "
                + "the one or raise the other\"")
@SchemaCustomizer(value = SchemaPatch.class, input = """
        properties:
          rules: {x-kubernetes-list-type: atomic}
        """)
public class CoolDown {
    @JsonPropertyDescription(
            "How long a limited key rests when the provider does not say: a whole number with ms, s, m "
                    + "or h, longer than 0.")
    @Default("30s")
    @Pattern(Formats.POSITIVE_DURATION)
    @Size(max = 8)
    @JsonProperty("default")
    private String defaultDuration;

    @JsonPropertyDescription("The longest rest that a provider may ask for; longer ones are cut to this. At least "
            + "coolDown.default.")
    @Default("24h")
    @Pattern(Formats.POSITIVE_DURATION)
    @Size(max = 8)
    private String max;

    @JsonPropertyDescription(
            "What errors of the provider mean, where the built-in rules do not know it or are wrong. They "
                    + "are asked first, in this order; the first that matches wins.")
    @Size(max = 64)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private List<CoolDownRule> rules = new ArrayList<>();

    public String getDefault() {
        return defaultDuration;
    }

    public void setDefault(String defaultDuration) {
        this.defaultDuration = defaultDuration;
    }

    public String getMax() {
        return max;
    }

    public void setMax(String max) {
        this.max = max;
    }

    public List<CoolDownRule> getRules() {
        return rules;
    }

    public void setRules(List<CoolDownRule> rules) {
        this.rules = rules == null ? new ArrayList<>() : rules;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CoolDown that
                && Objects.equals(defaultDuration, that.defaultDuration)
                && Objects.equals(max, that.max)
                && Objects.equals(rules, that.rules);
    }

    @Override
    public int hashCode() {
        return Objects.hash(defaultDuration, max, rules);
    }

    @Override
    public String toString() {
        return "CoolDown[default=" + defaultDuration + ", max=" + max + ", rules=" + rules + "]";
    }
}
