package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;

/** The service that answers the calls of a pool. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "self.type != 'OpenAICompatible' || has(self.baseURL)",
        message = "provider.type OpenAICompatible has no address of its own: set provider.baseURL, for example "
                + "https://llm.example.com/v1")
@ValidationRule(
        value = "!has(self.tls) || !has(self.baseURL) || self.baseURL.startsWith('https://')",
        message = "provider.tls has no effect: provider.baseURL is not https. Remove provider.tls, or use https")
public class Provider {
    @JsonPropertyDescription(
            "Which provider it is; decides addresses, limit headers and how failures are read: OpenAI, "
                    + "OpenAICompatible, Groq, Mistral, DeepSeek, OpenRouter, Together, Ollama. Cannot be changed.")
    @Required
    @Size(max = 32)
    @ValidationRule(
            value = "self in ['OpenAI', 'OpenAICompatible', 'Groq', 'Mistral', 'DeepSeek', 'OpenRouter', "
                    + "'Together', 'Ollama']",
            messageExpression =
                    "\"provider.type '\" + self + \"' is not one of OpenAI, OpenAICompatible, Groq, Mistral, "
                            + "DeepSeek, OpenRouter, Together, Ollama\"")
    @ValidationRule(
            value = "self == oldSelf",
            messageExpression =
                    "\"provider.type cannot be changed (it was '\" + oldSelf + \"', got '\" + self + \"'): create "
                            + "another KeyPool and point the routes at it\"")
    private String type;

    @JsonPropertyDescription("The root of the provider's API, for example https://llm.example.com/v1: http or https, "
            + "without user, query and fragment. Required with type OpenAICompatible; otherwise the "
            + "provider's public address.")
    @Size(max = 1024)
    @ValidationRule(
            value = "self.matches(r'" + Formats.BASE_URL + "')",
            messageExpression = "\"provider.baseURL \" + " + Formats.SHOWN
                    + " + \"cannot be used: write http:// or https://, a host and if "
                    + "needed a port and a path, without user, query and fragment, for example "
                    + "https://llm.example.com/v1\"")
    private String baseURL;

    @JsonPropertyDescription("What to trust when calling the provider over https.")
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
