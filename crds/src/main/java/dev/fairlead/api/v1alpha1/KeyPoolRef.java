package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Objects;

/** A {@link KeyPool}. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class KeyPoolRef {
    @JsonPropertyDescription("Name of the KeyPool.")
    @Required
    @Pattern(Formats.DNS_SUBDOMAIN)
    @Size(min = 1, max = 253)
    private String name;

    @JsonPropertyDescription(
            "Namespace of the KeyPool, whose allowedFrom must admit the route's. Default: the namespace "
                    + "of the route.")
    @Pattern(Formats.DNS_LABEL)
    @Size(min = 1, max = 63)
    private String namespace;

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getNamespace() {
        return namespace;
    }

    public void setNamespace(String namespace) {
        this.namespace = namespace;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyPoolRef that
                && Objects.equals(name, that.name)
                && Objects.equals(namespace, that.namespace);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, namespace);
    }

    @Override
    public String toString() {
        return "KeyPoolRef[name=" + name + ", namespace=" + namespace + "]";
    }
}
