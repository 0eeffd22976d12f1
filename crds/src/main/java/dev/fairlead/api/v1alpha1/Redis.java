package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Objects;

/** A Redis or Valkey server. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class Redis {
    @JsonPropertyDescription("The server, such as redis.cache.svc:6379.")
    @Required
    @Pattern(Formats.HOST_PORT)
    @Size(min = 1, max = 320)
    private String address;

    @JsonPropertyDescription(
            "Whether to speak TLS; trusted are the certificates of the system and those of provider.tls.")
    @Default("false")
    private Boolean tls;

    @JsonPropertyDescription(
            "The Secret whose entry password is the server's, in the namespace of this pool. Default: no "
                    + "password.")
    private SecretRef secretRef;

    public String getAddress() {
        return address;
    }

    public void setAddress(String address) {
        this.address = address;
    }

    public Boolean getTls() {
        return tls;
    }

    public void setTls(Boolean tls) {
        this.tls = tls;
    }

    public SecretRef getSecretRef() {
        return secretRef;
    }

    public void setSecretRef(SecretRef secretRef) {
        this.secretRef = secretRef;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Redis that
                && Objects.equals(address, that.address)
                && Objects.equals(tls, that.tls)
                && Objects.equals(secretRef, that.secretRef);
    }

    @Override
    public int hashCode() {
        return Objects.hash(address, tls, secretRef);
    }

    @Override
    public String toString() {
        return "Redis[address=" + address + ", tls=" + tls + ", secretRef=" + secretRef + "]";
    }
}
