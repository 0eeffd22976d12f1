package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Who may call a route. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class Access {
    private String mode;

    private AllowedFrom allowedFrom;

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private List<AccessDenial> denied = new ArrayList<>();

    public String getMode() {
        return mode;
    }

    public void setMode(String mode) {
        this.mode = mode;
    }

    public AllowedFrom getAllowedFrom() {
        return allowedFrom;
    }

    public void setAllowedFrom(AllowedFrom allowedFrom) {
        this.allowedFrom = allowedFrom;
    }

    public List<AccessDenial> getDenied() {
        return denied;
    }

    public void setDenied(List<AccessDenial> denied) {
        this.denied = denied == null ? new ArrayList<>() : denied;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Access that
                && Objects.equals(mode, that.mode)
                && Objects.equals(allowedFrom, that.allowedFrom)
                && Objects.equals(denied, that.denied);
    }

    @Override
    public int hashCode() {
        return Objects.hash(mode, allowedFrom, denied);
    }

    @Override
    public String toString() {
        return "Access[mode=" + mode + ", allowedFrom=" + allowedFrom + ", denied=" + denied + "]";
    }
}
