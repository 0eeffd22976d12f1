package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;

/** The keys of a pool, counted by state. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class KeyCounts {
    private Integer total;

    private Integer available;

    private Integer parked;

    private Integer invalid;

    private String summary;

    public Integer getTotal() {
        return total;
    }

    public void setTotal(Integer total) {
        this.total = total;
    }

    public Integer getAvailable() {
        return available;
    }

    public void setAvailable(Integer available) {
        this.available = available;
    }

    public Integer getParked() {
        return parked;
    }

    public void setParked(Integer parked) {
        this.parked = parked;
    }

    public Integer getInvalid() {
        return invalid;
    }

    public void setInvalid(Integer invalid) {
        this.invalid = invalid;
    }

    public String getSummary() {
        return summary;
    }

    public void setSummary(String summary) {
        this.summary = summary;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyCounts that
                && Objects.equals(total, that.total)
                && Objects.equals(available, that.available)
                && Objects.equals(parked, that.parked)
                && Objects.equals(invalid, that.invalid)
                && Objects.equals(summary, that.summary);
    }

    @Override
    public int hashCode() {
        return Objects.hash(total, available, parked, invalid, summary);
    }

    @Override
    public String toString() {
        return "KeyCounts[total=" + total + ", available=" + available + ", parked=" + parked + ", invalid=" + invalid
                + ", summary=" + summary + "]";
    }
}
