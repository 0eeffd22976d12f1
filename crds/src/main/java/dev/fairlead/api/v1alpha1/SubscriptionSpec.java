package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;

/** What a {@link Subscription} asks for. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class SubscriptionSpec {
    private RouteRef routeRef;

    private Workloads workloads;

    private String reason;

    private String expiresAt;

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
