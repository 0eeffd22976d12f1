package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;

/** An HTTP CONNECT proxy on the way to the provider. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class Proxy {
    @JsonPropertyDescription("Address of the proxy as http://host:port.")
    @Required
    @Size(max = 280)
    @ValidationRule(
            value = "self.matches(r'" + Formats.PROXY_URL + "')",
            messageExpression =
                    "\"proxy.url \" + " + Formats.SHOWN + " + \"cannot be used: write http://host:port, for example "
                            + "http://egress.example.com:3128; a user name and password belong into the Secret of "
                            + "proxy.secretRef\"")
    private String url;

    @JsonPropertyDescription(
            "A Secret with the entries username and password for the proxy, in the namespace of this " + "pool.")
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
