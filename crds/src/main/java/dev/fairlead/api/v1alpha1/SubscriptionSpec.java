package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.fairlead.api.generation.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;

/** What a {@link Subscription} asks for. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.routeRef == oldSelf.routeRef",
        message = "routeRef cannot be changed, and a namespace can be neither added nor removed: delete this "
                + "Subscription and create another")
@SchemaCustomizer(value = SchemaPatch.class, input = """
        properties:
          expiresAt: {format: date-time}
        """)
public class SubscriptionSpec {
    @JsonPropertyDescription("The AIRoute that is asked for. Cannot be changed.")
    @Required
    private RouteRef routeRef;

    @JsonPropertyDescription("Which workloads of this namespace may use the route. Default: all of them.")
    private Workloads workloads;

    @JsonPropertyDescription("Why it is asked for, for whoever decides.")
    @Size(max = 1024)
    private String reason;

    @JsonPropertyDescription("When the subscription ends by itself, such as 2027-01-31T00:00:00Z. Default: never.")
    @Pattern(Formats.DATE_TIME)
    @Size(max = 64)
    private String expiresAt;

    @JsonPropertyDescription("The decision. Written by those who may approve for the route.")
    private Approval approval;

    public RouteRef getRouteRef() {
        return routeRef;
    }

    public void setRouteRef(RouteRef routeRef) {
        this.routeRef = routeRef;
    }

    public Workloads getWorkloads() {
        return workloads;
    }

    public void setWorkloads(Workloads workloads) {
        this.workloads = workloads;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(String reason) {
        this.reason = reason;
    }

    public String getExpiresAt() {
        return expiresAt;
    }

    public void setExpiresAt(String expiresAt) {
        this.expiresAt = expiresAt;
    }

    public Approval getApproval() {
        return approval;
    }

    public void setApproval(Approval approval) {
        this.approval = approval;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SubscriptionSpec that
                && Objects.equals(routeRef, that.routeRef)
                && Objects.equals(workloads, that.workloads)
                && Objects.equals(reason, that.reason)
                && Objects.equals(expiresAt, that.expiresAt)
                && Objects.equals(approval, that.approval);
    }

    @Override
    public int hashCode() {
        return Objects.hash(routeRef, workloads, reason, expiresAt, approval);
    }

    @Override
    public String toString() {
        return "SubscriptionSpec[routeRef=" + routeRef + ", workloads=" + workloads + ", reason=" + reason
                + ", expiresAt=" + expiresAt + ", approval=" + approval + "]";
    }
}
