package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.util.Objects;

/** What is trusted when calling a provider over TLS. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class ProviderTls {
    @JsonPropertyDescription("PEM certificates to trust beside those of the system.")
    @Required
    private CaBundleRef caBundleRef;

    public CaBundleRef getCaBundleRef() {
        return caBundleRef;
    }

    public void setCaBundleRef(CaBundleRef caBundleRef) {
        this.caBundleRef = caBundleRef;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ProviderTls that && Objects.equals(caBundleRef, that.caBundleRef);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(caBundleRef);
    }

    @Override
    public String toString() {
        return "ProviderTls[caBundleRef=" + caBundleRef + "]";
    }
}
