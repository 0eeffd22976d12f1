package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;

/** The service that answers the calls of a pool. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class Provider {
    private String type;

    private String baseURL;

    private ProviderTls tls;

    public String getType() {
        return type;
    }

    public void setType(String type) {
        this.type = type;
    }

    public String getBaseURL() {
        return baseURL;
    }

    public void setBaseURL(String baseURL) {
        this.baseURL = baseURL;
    }

    public ProviderTls getTls() {
        return tls;
    }

    public void setTls(ProviderTls tls) {
        this.tls = tls;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Provider that
                && Objects.equals(type, that.type)
                && Objects.equals(baseURL, that.baseURL)
                && Objects.equals(tls, that.tls);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, baseURL, tls);
    }

    @Override
    public String toString() {
        return "Provider[type=" + type + ", baseURL=" + baseURL + ", tls=" + tls + "]";
    }
}
