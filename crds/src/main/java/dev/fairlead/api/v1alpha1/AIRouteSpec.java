package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What an {@link AIRoute} offers. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class AIRouteSpec {
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private List<String> endpoints = new ArrayList<>();

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private List<RouteModel> models = new ArrayList<>();

    private Fallback fallback;

    private Timeouts timeouts;

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private List<RouteLimit> limits = new ArrayList<>();

    private Access access;

    public List<String> getEndpoints() {
        return endpoints;
    }

    public void setEndpoints(List<String> endpoints) {
        this.endpoints = endpoints == null ? new ArrayList<>() : endpoints;
    }

    public List<RouteModel> getModels() {
        return models;
    }

    public void setModels(List<RouteModel> models) {
        this.models = models == null ? new ArrayList<>() : models;
    }

    public Fallback getFallback() {
        return fallback;
    }

    public void setFallback(Fallback fallback) {
        this.fallback = fallback;
    }

    public Timeouts getTimeouts() {
        return timeouts;
    }

    public void setTimeouts(Timeouts timeouts) {
        this.timeouts = timeouts;
    }

    public List<RouteLimit> getLimits() {
        return limits;
    }

    public void setLimits(List<RouteLimit> limits) {
        this.limits = limits == null ? new ArrayList<>() : limits;
    }

    public Access getAccess() {
        return access;
    }

    public void setAccess(Access access) {
        this.access = access;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AIRouteSpec that
                && Objects.equals(endpoints, that.endpoints)
                && Objects.equals(models, that.models)
                && Objects.equals(fallback, that.fallback)
                && Objects.equals(timeouts, that.timeouts)
                && Objects.equals(limits, that.limits)
                && Objects.equals(access, that.access);
    }

    @Override
    public int hashCode() {
        return Objects.hash(endpoints, models, fallback, timeouts, limits, access);
    }

    @Override
    public String toString() {
        return "AIRouteSpec[endpoints=" + endpoints + ", models=" + models + ", fallback=" + fallback + ", timeouts="
                + timeouts + ", limits=" + limits + ", access=" + access + "]";
    }
}
