package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.fairlead.api.generation.SchemaPatch;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What an error of the provider means, in the words of whoever owns the pool. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "has(self.status) || has(self.code) || has(self.message)",
        message = "a rule of coolDown.rules without status, code or message would match every error: give one of them")
@ValidationRule(
        value = "!(self.class in ['model_gone', 'context_window', 'content_policy', 'caller_fault'])"
                + " || !(has(self.scope) || has(self.rest))",
        messageExpression =
                "\"coolDown.rules[] of class '\" + self.class + \"' takes no scope and no rest: they would have no effect\"")
@ValidationRule(
        value = "!has(self.rest) || self.class != 'server' || has(self.scope)",
        message =
                "coolDown.rules[].rest needs a scope with class server: without one the breaker of the endpoint decides")
@ValidationRule(
        value = "!has(self.rest) || !has(self.scope) || self.scope != 'nothing'",
        message = "coolDown.rules[].rest has no effect with scope nothing: leave one of them out")
@SchemaCustomizer(value = SchemaPatch.class, input = """
        properties:
          status: {x-kubernetes-list-type: set}
          code: {x-kubernetes-list-type: set}
          message: {x-kubernetes-list-type: set}
        """)
public class CoolDownRule {
    @JsonPropertyDescription("HTTP statuses of the answer, such as 429; one of them is enough.")
    @Size(min = 1, max = 32)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private List<@Min(300) @Max(599) Integer> status = new ArrayList<>();

    @JsonPropertyDescription("Codes, types and reasons in the error's body, in any case; a * at either end stands for "
            + "anything. One of them is enough.")
    @Size(min = 1, max = 32)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private List<@Size(max = 128) @Pattern(Formats.CODE_PATTERN) String> code = new ArrayList<>();

    @JsonPropertyDescription("Phrases that the error's message contains, in any case; one of them is enough.")
    @Size(min = 1, max = 32)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    private List<@Size(min = 1, max = 256) String> message = new ArrayList<>();

    @JsonPropertyDescription(
            "What such an error means: quota, rate_limit, daily, overloaded, server, region, credential, "
                    + "model_access, model_gone, context_window, content_policy, caller_fault.")
    @Required
    @JsonProperty("class")
    @Size(max = 32)
    @ValidationRule(
            value = "self in ['quota', 'rate_limit', 'daily', 'overloaded', 'server', 'region', 'credential', "
                    + "'model_access', 'model_gone', 'context_window', 'content_policy', 'caller_fault']",
            messageExpression =
                    "\"coolDown.rules[].class '\" + self + \"' is not one of quota, rate_limit, daily, overloaded, "
                            + "server, region, credential, model_access, model_gone, context_window, content_policy, "
                            + "caller_fault\"")
    private String failureClass;

    @JsonPropertyDescription(
            "What rests after it: key, key_model, group, group_model, provider_model, nothing. Default: "
                    + "what is usual in the class. None with model_gone, context_window, content_policy and "
                    + "caller_fault: it would have no effect.")
    @Size(max = 32)
    @ValidationRule(
            value = "self in ['key', 'key_model', 'group', 'group_model', 'provider_model', 'nothing']",
            messageExpression =
                    "\"coolDown.rules[].scope '\" + self + \"' is not one of key, key_model, group, group_model, "
                            + "provider_model, nothing\"")
    private String scope;

    @JsonPropertyDescription(
            "How long it rests when the answer names no time: a whole number with ms, s, m or h, longer "
                    + "than 0, at most coolDown.max. Default: what is usual in the class. Only where something rests: "
                    + "with class server it needs a scope.")
    @Pattern(Formats.POSITIVE_DURATION)
    @Size(max = 8)
    private String rest;

    public List<Integer> getStatus() {
        return status;
    }

    public void setStatus(List<Integer> status) {
        this.status = status == null ? new ArrayList<>() : status;
    }

    public List<String> getCode() {
        return code;
    }

    public void setCode(List<String> code) {
        this.code = code == null ? new ArrayList<>() : code;
    }

    public List<String> getMessage() {
        return message;
    }

    public void setMessage(List<String> message) {
        this.message = message == null ? new ArrayList<>() : message;
    }

    public String getFailureClass() {
        return failureClass;
    }

    public void setFailureClass(String failureClass) {
        this.failureClass = failureClass;
    }

    public String getScope() {
        return scope;
    }

    public void setScope(String scope) {
        this.scope = scope;
    }

    public String getRest() {
        return rest;
    }

    public void setRest(String rest) {
        this.rest = rest;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CoolDownRule that
                && Objects.equals(status, that.status)
                && Objects.equals(code, that.code)
                && Objects.equals(message, that.message)
                && Objects.equals(failureClass, that.failureClass)
                && Objects.equals(scope, that.scope)
                && Objects.equals(rest, that.rest);
    }

    @Override
    public int hashCode() {
        return Objects.hash(status, code, message, failureClass, scope, rest);
    }

    @Override
    public String toString() {
        return "CoolDownRule[status=" + status + ", code=" + code + ", message=" + message + ", failureClass="
                + failureClass + ", scope=" + scope + ", rest=" + rest + "]";
    }
}
