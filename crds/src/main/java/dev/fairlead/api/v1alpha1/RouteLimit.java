package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;

/** How much may pass through a route. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class RouteLimit {
    private String name;

    private String scope;

    private String unit;

    private Long limit;

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
