package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.fairlead.api.generation.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** One key of a pool. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(value = SchemaPatch.class, input = """
        properties:
          models: {x-kubernetes-list-type: set}
          notAfter: {format: date-time}
        """)
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

    @JsonPropertyDescription(
            "Lower goes first: a key is used only while no key of a lower number can take the call, such as "
                    + "prepaid before on-demand.")
    @Default("0")
    @Min(0)
    @Max(1000)
    private Integer priority;

    @JsonPropertyDescription(
            "Models that the key may be used for, by the provider's names: exact, prefix*, *suffix or *. "
                    + "Default: every model.")
    @Size(min = 1, max = 64)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private List<@Size(max = 256) @Pattern(Formats.MODEL_PATTERN) String> models = new ArrayList<>();

    @JsonPropertyDescription("What this one key may use, beside what its account may.")
    private Limits limits;

    @JsonPropertyDescription(
            "When the key ends, such as 2027-01-31T00:00:00Z: it takes no new calls from then on. Default: " + "never.")
    @Pattern(Formats.DATE_TIME)
    @Size(max = 64)
    private String notAfter;

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

    public Integer getPriority() {
        return priority;
    }

    public void setPriority(Integer priority) {
        this.priority = priority;
    }

    public List<String> getModels() {
        return models;
    }

    public void setModels(List<String> models) {
        this.models = models == null ? new ArrayList<>() : models;
    }

    public Limits getLimits() {
        return limits;
    }

    public void setLimits(Limits limits) {
        this.limits = limits;
    }

    public String getNotAfter() {
        return notAfter;
    }

    public void setNotAfter(String notAfter) {
        this.notAfter = notAfter;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PoolKey that
                && Objects.equals(name, that.name)
                && Objects.equals(secretRef, that.secretRef)
                && Objects.equals(quotaGroup, that.quotaGroup)
                && Objects.equals(weight, that.weight)
                && Objects.equals(priority, that.priority)
                && Objects.equals(models, that.models)
                && Objects.equals(limits, that.limits)
                && Objects.equals(notAfter, that.notAfter);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, secretRef, quotaGroup, weight, priority, models, limits, notAfter);
    }

    @Override
    public String toString() {
        return "PoolKey[name=" + name + ", secretRef=" + secretRef + ", quotaGroup=" + quotaGroup + ", weight=" + weight
                + ", priority=" + priority + ", models=" + models + ", limits=" + limits + ", notAfter=" + notAfter
                + "]";
    }
}
