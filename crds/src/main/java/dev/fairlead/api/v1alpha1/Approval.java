package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.fairlead.api.generation.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;

/** The decision of those who own the route. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(value = SchemaPatch.class, input = """
        properties:
          notAfter: {format: date-time}
        """)
public class Approval {
    @JsonPropertyDescription("Approved, Denied, or Revoked for an approval that was taken back.")
    @Required
    @Size(max = 32)
    @ValidationRule(
            value = "self in ['Approved', 'Denied', 'Revoked']",
            messageExpression = "\"approval.decision '\" + self + \"' is not one of Approved, Denied, Revoked\"")
    private String decision;

    @JsonPropertyDescription("A sentence for the subscriber, shown with a refusal.")
    @Size(max = 1024)
    private String message;

    @JsonPropertyDescription("When an approval ends, such as 2027-01-31T00:00:00Z. Default: never.")
    @Pattern(Formats.DATE_TIME)
    @Size(max = 64)
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
