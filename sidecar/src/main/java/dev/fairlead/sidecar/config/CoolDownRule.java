package dev.fairlead.sidecar.config;

import java.util.List;

/**
 * What an error of the provider means, in the words of whoever owns the pool; asked before the built-in rules. Every condition
 * that is given must hold, any entry of a condition is enough; at least one condition is given.
 *
 * @param status HTTP statuses ({@code 429}) and ranges ({@code 500-599})
 * @param code codes, types and reasons in the body; {@code *} at either end stands for anything
 * @param message phrases that the message contains, in lower case
 * @param clazz the failure class by its wire name, {@code rate_limit} for example
 * @param scope what rests, by its wire name; {@code null} for the class's usual
 * @param resetMs how long it rests when the response names no time; {@code null} for the class's usual
 */
public record CoolDownRule(
        List<String> status, List<String> code, List<String> message, String clazz, String scope, Long resetMs) {
    public CoolDownRule {
        status = status == null ? List.of() : List.copyOf(status);
        code = code == null ? List.of() : List.copyOf(code);
        message = message == null ? List.of() : List.copyOf(message);
    }
}
