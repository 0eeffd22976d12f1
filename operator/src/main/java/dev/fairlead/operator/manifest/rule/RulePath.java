package dev.fairlead.operator.manifest.rule;

import dev.fairlead.operator.manifest.yaml.FieldPath;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the {@code fieldPath} of a rule: {@code .spec.keys} or {@code .labels['a.b']}. */
final class RulePath {
    private static final Pattern STEP = Pattern.compile("\\.([^.\\[\\]']+)|\\['((?:[^'\\\\]|\\\\.)*)']");

    FieldPath parse(String text) {
        Matcher matcher = STEP.matcher(text);
        var path = FieldPath.ROOT;
        int end = 0;
        while (end < text.length() && matcher.find() && matcher.start() == end) {
            path = matcher.group(1) != null
                    ? path.field(matcher.group(1))
                    : path.key(matcher.group(2).replaceAll("\\\\(.)", "$1"));
            end = matcher.end();
        }
        if (end != text.length()) {
            throw new IllegalArgumentException("fieldPath '" + text + "' is not a path such as .spec.keys");
        }
        return path;
    }
}
