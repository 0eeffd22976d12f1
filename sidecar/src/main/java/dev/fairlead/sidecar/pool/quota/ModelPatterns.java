package dev.fairlead.sidecar.pool.quota;

import java.util.List;

/** Patterns of model names: a name, {@code prefix*}, {@code *suffix} or {@code *}. None at all match every name. */
record ModelPatterns(List<String> patterns) {
    boolean match(String model) {
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
        int fixed = pattern.length() - 1;
        if (pattern.endsWith("*")) {
            return model.regionMatches(0, pattern, 0, fixed);
        }
        return pattern.startsWith("*")
                ? model.length() >= fixed && model.regionMatches(model.length() - fixed, pattern, 1, fixed)
                : pattern.equals(model);
    }
}
