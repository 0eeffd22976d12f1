package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;

/** When and how long a call looks for another target. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class Fallback {
    private List<String> on;

    private Integer maxAttempts;

    private String retryWithin;

    private Boolean retryUncertain;

    /** {@code null} when absent, which is not the same as empty. */
    public List<String> getOn() {
        return on;
    }

    public void setOn(List<String> on) {
        this.on = on;
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
                && Objects.equals(on, that.on)
                && Objects.equals(maxAttempts, that.maxAttempts)
                && Objects.equals(retryWithin, that.retryWithin)
                && Objects.equals(retryUncertain, that.retryUncertain);
    }

    @Override
    public int hashCode() {
        return Objects.hash(on, maxAttempts, retryWithin, retryUncertain);
    }

    @Override
    public String toString() {
        return "Fallback[on=" + on + ", maxAttempts=" + maxAttempts + ", retryWithin=" + retryWithin
                + ", retryUncertain=" + retryUncertain + "]";
    }
}
