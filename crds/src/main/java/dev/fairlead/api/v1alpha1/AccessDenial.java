package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;

/** A tenant or a namespace that may not call a route: exactly one of the two. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "has(self.tenant) != has(self.__namespace__)",
        message = "an entry of access.denied names either a tenant or a namespace: give exactly one of the two")
public class AccessDenial {
    @JsonPropertyDescription("Name of a Tenant. Exactly one of tenant and namespace.")
    @Pattern(Formats.DNS_SUBDOMAIN)
    @Size(min = 1, max = 253)
    private String tenant;

    @JsonPropertyDescription("Name of a namespace. Exactly one of tenant and namespace.")
    @Pattern(Formats.DNS_LABEL)
    @Size(min = 1, max = 63)
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
