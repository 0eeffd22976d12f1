package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Some of the workloads of a namespace: a workload matches everything that is given. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class Workloads {
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private List<String> serviceAccounts = new ArrayList<>();

    private LabelSelector selector;

    public List<String> getServiceAccounts() {
        return serviceAccounts;
    }

    public void setServiceAccounts(List<String> serviceAccounts) {
        this.serviceAccounts = serviceAccounts == null ? new ArrayList<>() : serviceAccounts;
    }

    public LabelSelector getSelector() {
        return selector;
    }

    public void setSelector(LabelSelector selector) {
        this.selector = selector;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Workloads that
                && Objects.equals(serviceAccounts, that.serviceAccounts)
                && Objects.equals(selector, that.selector);
    }

    @Override
    public int hashCode() {
        return Objects.hash(serviceAccounts, selector);
    }

    @Override
    public String toString() {
        return "Workloads[serviceAccounts=" + serviceAccounts + ", selector=" + selector + "]";
    }
}
