package dev.fairlead.sidecar.provider;

import dev.fairlead.sidecar.config.CoolDownRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** Rules of a pool's owner, as the classifier reads them. */
final class OverrideRules {
    private OverrideRules() {}

    /**
     * The rules in their order.
     *
     * @throws IllegalArgumentException naming the first that cannot be used, and why: {@code rules[0].class is ...}
     */
    static List<ClassifierRule> of(List<CoolDownRule> rules) {
        var read = new ArrayList<ClassifierRule>(rules.size());
        for (int i = 0; i < rules.size(); i++) {
            read.add(of(rules.get(i), "rules[" + i + "]"));
        }
        return read;
    }

    private static ClassifierRule of(CoolDownRule rule, String place) {
        if (rule.status().isEmpty() && rule.code().isEmpty() && rule.message().isEmpty()) {
            throw new IllegalArgumentException(
                    place + " matches every error, expected a status, a code or a message that it is about");
        }
        if (rule.resetMs() != null && rule.resetMs() < 1) {
            throw new IllegalArgumentException(
                    place + ".resetMs is " + rule.resetMs() + ", expected at least 1, or none for what is usual");
        }
        FailureClass clazz = named(rule.clazz(), FailureClass.values(), FailureClass::wireName, place + ".class");
        Scope scope =
                rule.scope() == null ? null : named(rule.scope(), Scope.values(), Scope::wireName, place + ".scope");
        if (scope != null && !clazz.takesScope()) {
            throw new IllegalArgumentException(place + ".scope is '" + rule.scope() + "', expected none: class '"
                    + rule.clazz() + "' takes no scope");
        }
        if (rule.resetMs() != null && !(scope == null ? clazz.usualScope() : scope).rests()) {
            throw new IllegalArgumentException(place + ".resetMs is " + rule.resetMs() + ", expected none: class '"
                    + rule.clazz() + "' with " + (scope == null ? "no scope" : "scope '" + rule.scope() + "'")
                    + " takes no rest");
        }
        try {
            return new ClassifierRule(
                    Verdict.OWNERS + place,
                    StatusRanges.of(rule.status()),
                    rule.code().stream().map(CodePattern::of).toList(),
                    rule.message().stream().map(m -> m.toLowerCase(Locale.ROOT)).toList(),
                    List.of(),
                    List.of(),
                    EnumSet.noneOf(BodyKind.class),
                    false,
                    clazz,
                    scope,
                    Set.of(),
                    null,
                    rule.resetMs() == null ? 0 : rule.resetMs());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(place + ": " + e.getMessage(), e);
        }
    }

    private static <T> T named(String written, T[] known, Function<T, String> name, String place) {
        for (T one : known) {
            if (name.apply(one).equals(written)) {
                return one;
            }
        }
        throw new IllegalArgumentException(place + " is '" + written + "', expected one of "
                + String.join(", ", Arrays.stream(known).map(name).toList()));
    }
}
