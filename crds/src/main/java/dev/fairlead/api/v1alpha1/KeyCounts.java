package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.Objects;

/** The keys of a pool, counted by state. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class KeyCounts {
    @JsonPropertyDescription("All keys.")
    @Min(0)
    @Max(1024)
    private Integer total;

    @JsonPropertyDescription("Keys that can take a call now, as far as is known.")
    @Min(0)
    @Max(1024)
    private Integer available;

    @JsonPropertyDescription("Keys that rest until their limit is over.")
    @Min(0)
    @Max(1024)
    private Integer parked;

    @JsonPropertyDescription(
            "Keys that take no calls: their Secret cannot be used, it holds the same key as another, or the "
                    + "provider refuses them.")
    @Min(0)
    @Max(1024)
    private Integer invalid;

    @JsonPropertyDescription("Available keys of all keys, such as 3/5.")
    @Size(max = 32)
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
