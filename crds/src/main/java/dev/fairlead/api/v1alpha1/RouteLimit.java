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

/** How much may pass through a route. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class RouteLimit {
    @JsonPropertyDescription("Name of the limit, shown in refusals.")
    @Required
    @Pattern(Formats.DNS_LABEL)
    @Size(min = 1, max = 63)
    private String name;

    @JsonPropertyDescription("Whose calls are counted together. Route: all calls through this route.")
    @Default("Route")
    @Size(max = 32)
    @ValidationRule(
            value = "self in ['Route']",
            messageExpression = "\"limits[].scope '\" + self + \"' is not supported: the only value is Route\"")
    private String scope;

    @JsonPropertyDescription("What is counted: Requests or Tokens (reserved before the call, settled with what the "
            + "provider reports).")
    @Required
    @Size(max = 32)
    @ValidationRule(
            value = "self in ['Requests', 'Tokens']",
            messageExpression = "\"limits[].unit '\" + self + \"' is not one of Requests, Tokens\"")
    private String unit;

    @JsonPropertyDescription("How many in one window.")
    @Required
    @Min(1)
    @Max(1_000_000_000_000L)
    private Long limit;

    @JsonPropertyDescription("Length of the sliding window: 1s, 1m, 1h or 1d.")
    @Default("1m")
    @Size(max = 8)
    @ValidationRule(
            value = "self in ['1s', '1m', '1h', '1d']",
            messageExpression = "\"limits[].window '\" + self + \"' is not one of 1s, 1m, 1h, 1d\"")
    private String window;

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getScope() {
        return scope;
    }

    public void setScope(String scope) {
        this.scope = scope;
    }

    public String getUnit() {
        return unit;
    }

    public void setUnit(String unit) {
        this.unit = unit;
    }

    public Long getLimit() {
        return limit;
    }

    public void setLimit(Long limit) {
        this.limit = limit;
    }

    public String getWindow() {
        return window;
    }

    public void setWindow(String window) {
        this.window = window;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RouteLimit that
                && Objects.equals(name, that.name)
                && Objects.equals(scope, that.scope)
                && Objects.equals(unit, that.unit)
                && Objects.equals(limit, that.limit)
                && Objects.equals(window, that.window);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, scope, unit, limit, window);
    }

    @Override
    public String toString() {
        return "RouteLimit[name=" + name + ", scope=" + scope + ", unit=" + unit + ", limit=" + limit + ", window="
                + window + "]";
    }
}
