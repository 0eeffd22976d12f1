package dev.fairlead.sidecar.pool;

import java.util.List;

/** Names of models as keys are restricted to them: exact, {@code prefix*}, {@code *suffix}, {@code *part*} or {@code *}. */
final class ModelPatterns {
    private ModelPatterns() {}

    /** Whether any pattern matches; an empty list is no restriction. */
    static boolean match(List<String> patterns, String model) {
        if (patterns.isEmpty()) {
            return true;
        }
        for (var pattern : patterns) {
            if (matches(pattern, model)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(String pattern, String model) {
        boolean anyStart = pattern.startsWith("*");
        boolean anyEnd = pattern.length() > 1 && pattern.endsWith("*");
        var core = pattern.substring(anyStart ? 1 : 0, pattern.length() - (anyEnd ? 1 : 0));
        if (anyStart && anyEnd) {
            return model.contains(core);
        }
        if (anyStart) {
            return model.endsWith(core);
        }
        return anyEnd ? model.startsWith(core) : model.equals(core);
    }
}
