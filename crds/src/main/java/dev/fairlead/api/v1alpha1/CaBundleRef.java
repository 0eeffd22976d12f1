package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;

/** Where a PEM bundle of CA certificates lies, in the namespace of the object that names it. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class CaBundleRef {
    @JsonPropertyDescription("What holds the bundle: ConfigMap or Secret, in the namespace of this object.")
    @Default("ConfigMap")
    @Size(max = 32)
    @ValidationRule(
            value = "self in ['ConfigMap', 'Secret']",
            messageExpression = "\"caBundleRef.kind '\" + self + \"' is not one of ConfigMap, Secret\"")
    private String kind;

    @JsonPropertyDescription("Name of the ConfigMap or Secret.")
    @Required
    @Pattern(Formats.DNS_SUBDOMAIN)
    @Size(min = 1, max = 253)
    private String name;

    @JsonPropertyDescription("The entry in it that is the PEM bundle.")
    @Default("ca.crt")
    @Pattern(Formats.DATA_KEY)
    @Size(min = 1, max = 253)
    private String key;

    public String getKind() {
        return kind;
    }

    public void setKind(String kind) {
        this.kind = kind;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getKey() {
        return key;
    }

    public void setKey(String key) {
        this.key = key;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CaBundleRef that
                && Objects.equals(kind, that.kind)
                && Objects.equals(name, that.name)
                && Objects.equals(key, that.key);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, name, key);
    }

    @Override
    public String toString() {
        return "CaBundleRef[kind=" + kind + ", name=" + name + ", key=" + key + "]";
    }
}
