package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.fairlead.api.generation.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What an {@link AIRoute} offers. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(value = SchemaPatch.class, input = """
        properties:
          endpoints: {x-kubernetes-list-type: set}
          models: {x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [name]}
          limits: {x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [name]}
        """)
public class AIRouteSpec {
    @JsonPropertyDescription(
            "What may be called: ChatCompletions, Responses, Embeddings, Models. Default: all of them.")
    @Default("[\"ChatCompletions\", \"Responses\", \"Embeddings\", \"Models\"]")
    @Size(min = 1, max = 16)
    @ValidationRule(
            value = "self.all(one, one in ['ChatCompletions', 'Responses', 'Embeddings', 'Models'])",
            messageExpression =
                    "\"endpoint '\" + self.filter(one, !(one in ['ChatCompletions', 'Responses', 'Embeddings', 'Models']))[0] + "
                            + "\"' is not one of ChatCompletions, Responses, Embeddings, Models\"")
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private List<@Size(max = 32) String> endpoints = new ArrayList<>();

    @JsonPropertyDescription("The names that clients may send as model, and where each goes.")
    @Required
    @Size(min = 1, max = 64)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private List<RouteModel> models = new ArrayList<>();

    @JsonPropertyDescription("When and how long a call looks for another target.")
    @Default("{}")
    private Fallback fallback;

    @JsonPropertyDescription("How long the parts of a call may take: whole numbers with ms, s, m or h, longer than 0.")
    @Default("{}")
    private Timeouts timeouts;

    @JsonPropertyDescription(
            "How much may pass through this route. A call must fit into every one of them. Absent: " + "unlimited.")
    @Size(max = 16)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private List<RouteLimit> limits = new ArrayList<>();

    @JsonPropertyDescription("Who may call this route.")
    @Default("{}")
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
