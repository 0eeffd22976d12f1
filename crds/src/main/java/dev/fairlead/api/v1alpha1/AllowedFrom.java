package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.Objects;

/** The namespaces that may refer to an object. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class AllowedFrom {
    private String namespaces;

    private LabelSelector selector;

    public String getNamespaces() {
        return namespaces;
    }

    public void setNamespaces(String namespaces) {
        this.namespaces = namespaces;
    }

    public LabelSelector getSelector() {
        return selector;
    }

    public void setSelector(LabelSelector selector) {
        this.selector = selector;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AllowedFrom that
                && Objects.equals(namespaces, that.namespaces)
                && Objects.equals(selector, that.selector);
    }

    @Override
    public int hashCode() {
        return Objects.hash(namespaces, selector);
    }

    @Override
    public String toString() {
        return "AllowedFrom[namespaces=" + namespaces + ", selector=" + selector + "]";
    }
}
