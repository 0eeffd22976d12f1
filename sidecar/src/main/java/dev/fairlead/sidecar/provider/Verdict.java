package dev.fairlead.sidecar.provider;

import java.util.OptionalLong;
import java.util.Set;

/**
 * What a failed attempt means.
 *
 * @param clazz the kind of failure
 * @param scope what rests after it
 * @param resetMs milliseconds from now until the provider says it ends, at least 1; empty when it named no time that can be
 *     believed. Not clamped: the caller knows its longest rest
 * @param tags what else is known
 * @param ruleId which rule decided, for records and {@code why}
 */
public record Verdict(FailureClass clazz, Scope scope, OptionalLong resetMs, Set<Tag> tags, String ruleId) {

    /** How the ids of rules begin that stand in a pool's {@code coolDown}. */
    static final String OWNERS = "coolDown.";

    public Verdict {
        tags = Set.copyOf(tags);
        if (resetMs.isPresent() && resetMs.getAsLong() < 1) {
            throw new IllegalArgumentException("resetMs must be at least 1, got " + resetMs.getAsLong());
        }
    }

    /** A verdict that needs no response: refused, reset, timed out, cancelled. The class decides the scope. */
    public static Verdict of(FailureClass clazz, String ruleId) {
        return new Verdict(clazz, clazz.usualScope(), OptionalLong.empty(), Set.of(), ruleId);
    }

    /** Whether a rule of the pool's owner decided, rather than one of the build. */
    public boolean byOwner() {
        return ruleId.startsWith(OWNERS);
    }

    /** Whether its end is the provider's own word, for a class whose rests grow otherwise. */
    public boolean namesEnd() {
        return has(Tag.RESET_AT) && resetMs.isPresent();
    }

    public boolean has(Tag tag) {
        return tags.contains(tag);
    }
}
