package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.Objects;

/** How long and how many calls wait for a key when none can be used now. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class WaitRoom {
    @JsonPropertyDescription("The longest that a call waits for a key. 0s: calls never wait.")
    @Default("30s")
    @Pattern(Formats.DURATION)
    @Size(max = 8)
    private String maxWait;

    @JsonPropertyDescription("How many calls of one sidecar may wait at once. More are refused with queue_full.")
    @Default("1000")
    @Min(1)
    @Max(100000)
    private Integer maxDepth;

    @JsonPropertyDescription(
            "How many bytes of request bodies may wait at once in one sidecar: a whole number with k, M, "
                    + "G, Ki, Mi or Gi. More are refused with queue_full.")
    @Default("64Mi")
    @Pattern(Formats.BYTES)
    @Size(max = 16)
    private String maxBytes;

    public String getMaxWait() {
        return maxWait;
    }

    public void setMaxWait(String maxWait) {
        this.maxWait = maxWait;
    }

    public Integer getMaxDepth() {
        return maxDepth;
    }

    public void setMaxDepth(Integer maxDepth) {
        this.maxDepth = maxDepth;
    }

    public String getMaxBytes() {
        return maxBytes;
    }

    public void setMaxBytes(String maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WaitRoom that
                && Objects.equals(maxWait, that.maxWait)
                && Objects.equals(maxDepth, that.maxDepth)
                && Objects.equals(maxBytes, that.maxBytes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(maxWait, maxDepth, maxBytes);
    }

    @Override
    public String toString() {
        return "WaitRoom[maxWait=" + maxWait + ", maxDepth=" + maxDepth + ", maxBytes=" + maxBytes + "]";
    }
}
