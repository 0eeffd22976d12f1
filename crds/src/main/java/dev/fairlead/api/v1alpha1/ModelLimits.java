package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.fairlead.api.generation.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What an account may use of one class of models. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(value = SchemaPatch.class, input = """
        properties:
          models: {x-kubernetes-list-type: set}
        """)
public class ModelLimits extends Limits {
    @JsonPropertyDescription(
            "Models that share these limits, by the provider's names: exact, prefix*, *suffix or *. A call "
                    + "counts in every entry that its model belongs to. Default: every model.")
    @Size(min = 1, max = 64)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private List<@Size(max = 256) @Pattern(Formats.MODEL_PATTERN) String> models = new ArrayList<>();

    public List<String> getModels() {
        return models;
    }

    public void setModels(List<String> models) {
        this.models = models == null ? new ArrayList<>() : models;
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other) && other instanceof ModelLimits that && Objects.equals(models, that.models);
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), models);
    }

    @Override
    public String toString() {
        return "ModelLimits[models=" + models + ", limits=" + super.toString() + "]";
    }
}
