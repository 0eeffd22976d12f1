package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;

/** How long a key rests after the provider limited it. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class CoolDown {
    @JsonProperty("default")
    private String defaultDuration;

    private String max;

    public String getDefault() {
        return defaultDuration;
    }

    public void setDefault(String defaultDuration) {
        this.defaultDuration = defaultDuration;
    }

    public String getMax() {
        return max;
    }

    public void setMax(String max) {
        this.max = max;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CoolDown that
                && Objects.equals(defaultDuration, that.defaultDuration)
                && Objects.equals(max, that.max);
    }

    @Override
    public int hashCode() {
        return Objects.hash(defaultDuration, max);
    }

    @Override
    public String toString() {
        return "CoolDown[default=" + defaultDuration + ", max=" + max + "]";
    }
}
