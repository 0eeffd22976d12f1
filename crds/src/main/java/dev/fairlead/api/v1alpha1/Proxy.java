package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;

/** An HTTP CONNECT proxy on the way to the provider. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class Proxy {
    private String url;

    private SecretRef secretRef;

    public String getUrl() {
        return url;
    }

    public void setUrl(String url) {
        this.url = url;
    }

    public SecretRef getSecretRef() {
        return secretRef;
    }

    public void setSecretRef(SecretRef secretRef) {
        this.secretRef = secretRef;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Proxy that
                && Objects.equals(url, that.url)
                && Objects.equals(secretRef, that.secretRef);
    }

    @Override
    public int hashCode() {
        return Objects.hash(url, secretRef);
    }

    @Override
    public String toString() {
        return "Proxy[url=" + url + ", secretRef=" + secretRef + "]";
    }
}
