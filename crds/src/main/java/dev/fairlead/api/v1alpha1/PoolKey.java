package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;

/** One key of a pool. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class PoolKey {
    private String name;

    private SecretKeyRef secretRef;

    private String quotaGroup;

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
