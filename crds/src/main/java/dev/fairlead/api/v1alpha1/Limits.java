package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;

/** What an account, or one key of it, may use: every number at least 1, absent for no limit. Windows slide. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "has(self.requestsPerMinute) || has(self.requestsPerDay) || has(self.inputTokensPerMinute)"
                + " || has(self.outputTokensPerMinute) || has(self.tokensPerMinute) || has(self.tokensPerDay)"
                + " || has(self.concurrency) || has(self.burst)",
        message = "limits without a number have no effect: give one, such as requestsPerMinute, or leave them out")
@ValidationRule(
        value = "!has(self.burst) || has(self.requestsPerMinute)",
        message = "limits.burst says how many calls of requestsPerMinute may begin at once: add "
                + "requestsPerMinute, or remove burst")
public class Limits {
    @JsonPropertyDescription("Calls that begin within 60 seconds.")
    @Min(0)
    @Max(1_000_000_000_000L)
    @ValidationRule(
            value = "self != 0",
            message = "requestsPerMinute 0 would let no call through: leave it out for no limit; to take a key out of "
                    + "use, set its weight to 0")
    private Long requestsPerMinute;

    @JsonPropertyDescription("Calls that begin within 24 hours.")
    @Min(0)
    @Max(1_000_000_000_000L)
    @ValidationRule(
            value = "self != 0",
            message = "requestsPerDay 0 would let no call through: leave it out for no limit; to take a key out of "
                    + "use, set its weight to 0")
    private Long requestsPerDay;

    @JsonPropertyDescription("Tokens of prompts within 60 seconds, as the provider counts them.")
    @Min(0)
    @Max(1_000_000_000_000L)
    @ValidationRule(
            value = "self != 0",
            message = "inputTokensPerMinute 0 would let no call through: leave it out for no limit; to take a key out "
                    + "of use, set its weight to 0")
    private Long inputTokensPerMinute;

    @JsonPropertyDescription("Tokens of answers within 60 seconds.")
    @Min(0)
    @Max(1_000_000_000_000L)
    @ValidationRule(
            value = "self != 0",
            message = "outputTokensPerMinute 0 would let no call through: leave it out for no limit; to take a key "
                    + "out of use, set its weight to 0")
    private Long outputTokensPerMinute;

    @JsonPropertyDescription("Tokens of prompts and answers together within 60 seconds.")
    @Min(0)
    @Max(1_000_000_000_000L)
    @ValidationRule(
            value = "self != 0",
            message = "tokensPerMinute 0 would let no call through: leave it out for no limit; to take a key out of "
                    + "use, set its weight to 0")
    private Long tokensPerMinute;

    @JsonPropertyDescription("Tokens of prompts and answers together within 24 hours.")
    @Min(0)
    @Max(1_000_000_000_000L)
    @ValidationRule(
            value = "self != 0",
            message = "tokensPerDay 0 would let no call through: leave it out for no limit; to take a key out of use, "
                    + "set its weight to 0")
    private Long tokensPerDay;

    @JsonPropertyDescription("Calls on their way at once.")
    @Min(0)
    @Max(1_000_000L)
    @ValidationRule(
            value = "self != 0",
            message = "concurrency 0 would let no call through: leave it out for no limit; to take a key out of use, "
                    + "set its weight to 0")
    private Long concurrency;

    @JsonPropertyDescription(
            "Calls that may begin at once; after them they begin at the pace of requestsPerMinute, which is "
                    + "needed with it. Default: the usual of the provider.")
    @Min(0)
    @Max(1_000_000L)
    @ValidationRule(
            value = "self != 0",
            message = "burst 0 would let no call through: leave it out for no limit; to take a key out of use, set "
                    + "its weight to 0")
    private Long burst;

    public Long getRequestsPerMinute() {
        return requestsPerMinute;
    }

    public void setRequestsPerMinute(Long requestsPerMinute) {
        this.requestsPerMinute = requestsPerMinute;
    }

    public Long getRequestsPerDay() {
        return requestsPerDay;
    }

    public void setRequestsPerDay(Long requestsPerDay) {
        this.requestsPerDay = requestsPerDay;
    }

    public Long getInputTokensPerMinute() {
        return inputTokensPerMinute;
    }

    public void setInputTokensPerMinute(Long inputTokensPerMinute) {
        this.inputTokensPerMinute = inputTokensPerMinute;
    }

    public Long getOutputTokensPerMinute() {
        return outputTokensPerMinute;
    }

    public void setOutputTokensPerMinute(Long outputTokensPerMinute) {
        this.outputTokensPerMinute = outputTokensPerMinute;
    }

    public Long getTokensPerMinute() {
        return tokensPerMinute;
    }

    public void setTokensPerMinute(Long tokensPerMinute) {
        this.tokensPerMinute = tokensPerMinute;
    }

    public Long getTokensPerDay() {
        return tokensPerDay;
    }

    public void setTokensPerDay(Long tokensPerDay) {
        this.tokensPerDay = tokensPerDay;
    }

    public Long getConcurrency() {
        return concurrency;
    }

    public void setConcurrency(Long concurrency) {
        this.concurrency = concurrency;
    }

    public Long getBurst() {
        return burst;
    }

    public void setBurst(Long burst) {
        this.burst = burst;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Limits that
                && Objects.equals(requestsPerMinute, that.requestsPerMinute)
                && Objects.equals(requestsPerDay, that.requestsPerDay)
                && Objects.equals(inputTokensPerMinute, that.inputTokensPerMinute)
                && Objects.equals(outputTokensPerMinute, that.outputTokensPerMinute)
                && Objects.equals(tokensPerMinute, that.tokensPerMinute)
                && Objects.equals(tokensPerDay, that.tokensPerDay)
                && Objects.equals(concurrency, that.concurrency)
                && Objects.equals(burst, that.burst);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                requestsPerMinute,
                requestsPerDay,
                inputTokensPerMinute,
                outputTokensPerMinute,
                tokensPerMinute,
                tokensPerDay,
                concurrency,
                burst);
    }

    @Override
    public String toString() {
        return "Limits[requestsPerMinute=" + requestsPerMinute + ", requestsPerDay=" + requestsPerDay
                + ", inputTokensPerMinute=" + inputTokensPerMinute + ", outputTokensPerMinute=" + outputTokensPerMinute
                + ", tokensPerMinute=" + tokensPerMinute + ", tokensPerDay=" + tokensPerDay + ", concurrency="
                + concurrency + ", burst=" + burst + "]";
    }
}
