package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;

/** How the processes that use the accounts of a pool share their limits. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
        value = "!has(self.mode) || self.mode != 'Redis' || has(self.redis)",
        message = "coordination.mode Redis needs to know where the server is: add redis.address, or set mode to Leased")
@ValidationRule(
        value = "!has(self.redis) || !has(self.mode) || self.mode == 'Redis'",
        messageExpression =
                "\"coordination.redis has no effect with coordination.mode '\" + self.mode + \"': remove it, or "
                        + "set mode to Redis\"")
public class Coordination {
    @JsonPropertyDescription(
            "Leased: the operator divides each limit among the sidecars by what they need. Redis: they "
                    + "divide it through a Redis server. Local: each sidecar has each limit whole. fairlead run, "
                    + "which has no operator, takes Leased for Local.")
    @Default("Leased")
    @Size(max = 32)
    @ValidationRule(
            value = "self in ['Local', 'Leased', 'Redis']",
            messageExpression = "\"coordination.mode '\" + self + \"' is not one of Local, Leased, Redis\"")
    private String mode;

    @JsonPropertyDescription("Where the server is. Required with mode Redis, refused otherwise.")
    private Redis redis;

    public String getMode() {
        return mode;
    }

    public void setMode(String mode) {
        this.mode = mode;
    }

    public Redis getRedis() {
        return redis;
    }

    public void setRedis(Redis redis) {
        this.redis = redis;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Coordination that
                && Objects.equals(mode, that.mode)
                && Objects.equals(redis, that.redis);
    }

    @Override
    public int hashCode() {
        return Objects.hash(mode, redis);
    }

    @Override
    public String toString() {
        return "Coordination[mode=" + mode + ", redis=" + redis + "]";
    }
}
