package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.fairlead.api.generation.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** One account behind keys of a pool, and what it may use. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(value = SchemaPatch.class, input = """
        properties:
          limits: {x-kubernetes-list-type: atomic}
        """)
public class QuotaGroup {
    @JsonPropertyDescription(
            "The account, as keys[].quotaGroup names it: a key without one is an account of its own name; "
                    + "without a credential (auth.type None) the account is none.")
    @Required
    @Pattern(Formats.DNS_LABEL)
    @Size(min = 1, max = 63)
    private String name;

    @JsonPropertyDescription("What the account may use, for each class of models that the provider limits together.")
    @Required
    @Size(min = 1, max = 16)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private List<ModelLimits> limits = new ArrayList<>();

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public List<ModelLimits> getLimits() {
        return limits;
    }

    public void setLimits(List<ModelLimits> limits) {
        this.limits = limits == null ? new ArrayList<>() : limits;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof QuotaGroup that
                && Objects.equals(name, that.name)
                && Objects.equals(limits, that.limits);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, limits);
    }

    @Override
    public String toString() {
        return "QuotaGroup[name=" + name + ", limits=" + limits + "]";
    }
}
