package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;

/** The decision of those who own the route. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public class Approval {
    private String decision;

    private String message;

    private String notAfter;

    public String getDecision() {
        return decision;
    }

    public void setDecision(String decision) {
        this.decision = decision;
    }

    public String getMessage() {
        return message;
    }

    public void setMessage(String message) {
        this.message = message;
    }

    public String getNotAfter() {
        return notAfter;
    }

    public void setNotAfter(String notAfter) {
        this.notAfter = notAfter;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Approval that
                && Objects.equals(decision, that.decision)
                && Objects.equals(message, that.message)
                && Objects.equals(notAfter, that.notAfter);
    }

    @Override
    public int hashCode() {
        return Objects.hash(decision, message, notAfter);
    }

    @Override
    public String toString() {
        return "Approval[decision=" + decision + ", message=" + message + ", notAfter=" + notAfter + "]";
    }
}
