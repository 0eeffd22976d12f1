package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;

/** How the calls of a pool identify themselves to the provider. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class Auth {
    @JsonPropertyDescription("APIKey: each call carries one of the keys. None: the provider asks for no credential.")
    @Default("APIKey")
    @Size(max = 32)
    @ValidationRule(
            value = "self in ['APIKey', 'None']",
            messageExpression = "\"auth.type '\" + self + \"' is not one of APIKey, None\"")
    private String type;

    public String getType() {
        return type;
    }

    public void setType(String type) {
        this.type = type;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Auth that && Objects.equals(type, that.type);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(type);
    }

    @Override
    public String toString() {
        return "Auth[type=" + type + "]";
    }
}
