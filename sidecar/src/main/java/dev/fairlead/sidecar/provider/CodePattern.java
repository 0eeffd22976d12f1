package dev.fairlead.sidecar.provider;

import java.util.Locale;
import java.util.Set;

/** A code to look for, in lower case; {@code *} at either end stands for anything. */
record CodePattern(String core, boolean openStart, boolean openEnd) {

    static CodePattern of(String written) {
        String lower = written.toLowerCase(Locale.ROOT);
        boolean openStart = lower.startsWith("*");
        boolean openEnd = lower.length() > 1 && lower.endsWith("*");
        String core = lower.substring(openStart ? 1 : 0, lower.length() - (openEnd ? 1 : 0));
        if (core.isEmpty() || core.indexOf('*') >= 0) {
            throw new IllegalArgumentException("code '" + written + "' must be a word with '*' at most at its ends");
        }
        return new CodePattern(core, openStart, openEnd);
    }

    boolean matchesAny(Set<String> codes) {
        if (!openStart && !openEnd) {
            return codes.contains(core);
        }
        for (String code : codes) {
            if (matches(code)) {
                return true;
            }
        }
        return false;
    }

    private boolean matches(String code) {
        if (openStart && openEnd) {
            return code.contains(core);
        }
        return openStart ? code.endsWith(core) : code.startsWith(core);
    }
}
