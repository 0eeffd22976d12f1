package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Objects;

/** One key of a pool. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class PoolKey {
    @JsonPropertyDescription("The name of the key in this pool: the only thing about it that is ever shown.")
    @Required
    @Pattern(Formats.DNS_LABEL)
    @Size(min = 1, max = 63)
    private String name;

    @JsonPropertyDescription("The Secret entry that is the key, in the namespace of this pool.")
    @Required
    private SecretKeyRef secretRef;

    @JsonPropertyDescription("The account behind the key. Keys of one account share its limits and cool down together. "
            + "Default: the key's own name, so that every key counts as an account of its own.")
    @Pattern(Formats.DNS_LABEL)
    @Size(min = 1, max = 63)
    private String quotaGroup;

    @JsonPropertyDescription(
            "Share of the traffic among keys that are equally good. 0 drains: the key takes no new calls.")
    @Default("1")
    @Min(0)
    @Max(1000)
    private Integer weight;

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public SecretKeyRef getSecretRef() {
        return secretRef;
    }

    public void setSecretRef(SecretKeyRef secretRef) {
        this.secretRef = secretRef;
    }

    public String getQuotaGroup() {
        return quotaGroup;
    }

    public void setQuotaGroup(String quotaGroup) {
        this.quotaGroup = quotaGroup;
    }

    public Integer getWeight() {
        return weight;
    }

    public void setWeight(Integer weight) {
        this.weight = weight;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PoolKey that
                && Objects.equals(name, that.name)
                && Objects.equals(secretRef, that.secretRef)
                && Objects.equals(quotaGroup, that.quotaGroup)
                && Objects.equals(weight, that.weight);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, secretRef, quotaGroup, weight);
    }

    @Override
    public String toString() {
        return "PoolKey[name=" + name + ", secretRef=" + secretRef + ", quotaGroup=" + quotaGroup + ", weight=" + weight
                + "]";
    }
}
