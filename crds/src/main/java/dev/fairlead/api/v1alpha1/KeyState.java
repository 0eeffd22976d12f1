package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Objects;

/** How one key of a pool fares. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class KeyState {
    @JsonPropertyDescription("The name of the key: as in keys, or that of the Secret that keySelector found.")
    @Required
    @Size(min = 1, max = 253)
    private String name;

    @JsonPropertyDescription("The account behind it.")
    @Size(max = 63)
    private String quotaGroup;

    @JsonPropertyDescription(
            "Available: takes calls. Parked: rests until the time in until. Suspended: its account has "
                    + "nothing left to spend, and is tried again from time to time. Invalid: no credential, or the "
                    + "provider refuses it. Expired: notAfter has passed. Draining: weight is 0.")
    @Required
    @Size(max = 32)
    private String state;

    @JsonPropertyDescription("When it is expected to take calls again.")
    @Size(max = 64)
    private String until;

    @JsonPropertyDescription("The failure class behind the state, or what is wrong with its Secret.")
    @Size(max = 64)
    private String reason;

    @JsonPropertyDescription("The first 12 hex digits of the SHA-256 of the key: the same key has the same everywhere.")
    @Size(max = 12)
    private String fingerprint;

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getQuotaGroup() {
        return quotaGroup;
    }

    public void setQuotaGroup(String quotaGroup) {
        this.quotaGroup = quotaGroup;
    }

    public String getState() {
        return state;
    }

    public void setState(String state) {
        this.state = state;
    }

    public String getUntil() {
        return until;
    }

    public void setUntil(String until) {
        this.until = until;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(String reason) {
        this.reason = reason;
    }

    public String getFingerprint() {
        return fingerprint;
    }

    public void setFingerprint(String fingerprint) {
        this.fingerprint = fingerprint;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyState that
                && Objects.equals(name, that.name)
                && Objects.equals(quotaGroup, that.quotaGroup)
                && Objects.equals(state, that.state)
                && Objects.equals(until, that.until)
                && Objects.equals(reason, that.reason)
                && Objects.equals(fingerprint, that.fingerprint);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, quotaGroup, state, until, reason, fingerprint);
    }

    @Override
    public String toString() {
        return "KeyState[name=" + name + ", quotaGroup=" + quotaGroup + ", state=" + state + ", until=" + until
                + ", reason=" + reason + ", fingerprint=" + fingerprint + "]";
    }
}
