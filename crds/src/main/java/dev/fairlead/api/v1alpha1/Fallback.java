package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.fairlead.api.generation.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;

/** When and how long a call looks for another target. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(value = SchemaPatch.class, input = """
        properties:
          when: {x-kubernetes-list-type: set}
        """)
public class Fallback {
    @JsonPropertyDescription("Failures after which a call may go to another target: RateLimited, QuotaExhausted, "
            + "ServerError, Timeout, ConnectFailure, AuthFailure. Default: all of them. An empty list: " + "never.")
    @Default("[\"RateLimited\", \"QuotaExhausted\", \"ServerError\", \"Timeout\", \"ConnectFailure\", \"AuthFailure\"]")
    @Size(max = 16)
    @ValidationRule(
            value = "self.all(one, one in ['RateLimited', 'QuotaExhausted', 'ServerError', 'Timeout', "
                    + "'ConnectFailure', 'AuthFailure'])",
            messageExpression = "\"fallback.when '\" + self.filter(one, !(one in ['RateLimited', 'QuotaExhausted', "
                    + "'ServerError', 'Timeout', 'ConnectFailure', 'AuthFailure']))[0] + \"' is not one of "
                    + "RateLimited, QuotaExhausted, ServerError, Timeout, ConnectFailure, AuthFailure\"")
    private List<@Size(max = 32) String> when;

    @JsonPropertyDescription(
            "A target with another model is taken only when the wait for the same model is predicted to be "
                    + "longer than this.")
    @Default("2s")
    @Pattern(Formats.DURATION)
    @Size(max = 8)
    private String patience;

    @JsonPropertyDescription("Attempts of one call that a provider may have executed, the first included.")
    @Default("4")
    @Min(1)
    @Max(16)
    private Integer maxAttempts;

    @JsonPropertyDescription(
            "No new attempt later than this after the first one was sent; time spent waiting for keys is "
                    + "not counted.")
    @Default("20s")
    @Pattern(Formats.POSITIVE_DURATION)
    @Size(max = 8)
    private String retryWithin;

    @JsonPropertyDescription(
            "Whether a call that the provider may have executed (sent whole, no answer) is sent again; "
                    + "it may then be paid for twice.")
    @Default("false")
    private Boolean retryUncertain;

    /** {@code null} when absent, which is not the same as empty. */
    public List<String> getWhen() {
        return when;
    }

    public void setWhen(List<String> when) {
        this.when = when;
    }

    public String getPatience() {
        return patience;
    }

    public void setPatience(String patience) {
        this.patience = patience;
    }

    public Integer getMaxAttempts() {
        return maxAttempts;
    }

    public void setMaxAttempts(Integer maxAttempts) {
        this.maxAttempts = maxAttempts;
    }

    public String getRetryWithin() {
        return retryWithin;
    }

    public void setRetryWithin(String retryWithin) {
        this.retryWithin = retryWithin;
    }

    public Boolean getRetryUncertain() {
        return retryUncertain;
    }

    public void setRetryUncertain(Boolean retryUncertain) {
        this.retryUncertain = retryUncertain;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fallback that
                && Objects.equals(when, that.when)
                && Objects.equals(patience, that.patience)
                && Objects.equals(maxAttempts, that.maxAttempts)
                && Objects.equals(retryWithin, that.retryWithin)
                && Objects.equals(retryUncertain, that.retryUncertain);
    }

    @Override
    public int hashCode() {
        return Objects.hash(when, patience, maxAttempts, retryWithin, retryUncertain);
    }

    @Override
    public String toString() {
        return "Fallback[when=" + when + ", patience=" + patience + ", maxAttempts=" + maxAttempts + ", retryWithin="
                + retryWithin + ", retryUncertain=" + retryUncertain + "]";
    }
}
