package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;

/** How long and how many calls wait for a key when none can be used now. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class WaitRoom {
    private String maxWait;

    private Integer maxDepth;

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
