package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;

/** A tenant or a namespace that may not call a route: exactly one of the two. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class AccessDenial {
    private String tenant;

    private String namespace;

    public String getTenant() {
        return tenant;
    }

    public void setTenant(String tenant) {
        this.tenant = tenant;
    }

    public String getNamespace() {
        return namespace;
    }

    public void setNamespace(String namespace) {
        this.namespace = namespace;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AccessDenial that
                && Objects.equals(tenant, that.tenant)
                && Objects.equals(namespace, that.namespace);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tenant, namespace);
    }

    @Override
    public String toString() {
        return "AccessDenial[tenant=" + tenant + ", namespace=" + namespace + "]";
    }
}
