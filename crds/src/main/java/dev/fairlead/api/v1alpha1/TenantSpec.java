package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What belongs to a {@link Tenant}. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class TenantSpec {
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private List<String> namespaces = new ArrayList<>();

    private LabelSelector namespaceSelector;

    private Boolean suspended;

    public List<String> getNamespaces() {
        return namespaces;
    }

    public void setNamespaces(List<String> namespaces) {
        this.namespaces = namespaces == null ? new ArrayList<>() : namespaces;
    }

    public LabelSelector getNamespaceSelector() {
        return namespaceSelector;
    }

    public void setNamespaceSelector(LabelSelector namespaceSelector) {
        this.namespaceSelector = namespaceSelector;
    }

    public Boolean getSuspended() {
        return suspended;
    }

    public void setSuspended(Boolean suspended) {
        this.suspended = suspended;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TenantSpec that
                && Objects.equals(namespaces, that.namespaces)
                && Objects.equals(namespaceSelector, that.namespaceSelector)
                && Objects.equals(suspended, that.suspended);
    }

    @Override
    public int hashCode() {
        return Objects.hash(namespaces, namespaceSelector, suspended);
    }

    @Override
    public String toString() {
        return "TenantSpec[namespaces=" + namespaces + ", namespaceSelector=" + namespaceSelector + ", suspended="
                + suspended + "]";
    }
}
