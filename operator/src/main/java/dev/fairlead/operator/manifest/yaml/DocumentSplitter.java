package dev.fairlead.operator.manifest.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Parts a text at the lines that begin with {@code ---}, as {@code kubectl} does before it parses anything. That is why a fault
 * in one document cannot hide the next.
 */
final class DocumentSplitter {
    private static final String SEPARATOR = "---";

    List<Part> split(String text) {
        List<Part> parts = new ArrayList<>();
        int start = 0;
        int line = 1;
        int firstLine = 1;
        Optional<YamlProblem> problem = Optional.empty();
        for (int from = 0; from < text.length(); line++) {
            int newline = text.indexOf('\n', from);
            int next = newline < 0 ? text.length() : newline + 1;
            if (text.startsWith(SEPARATOR, from)) {
                add(parts, text.substring(start, from), firstLine, problem);
                problem = problemOf(
                        text.substring(from + SEPARATOR.length(), next).strip(), line);
                start = next;
                firstLine = line + 1;
            }
            from = next;
        }
        add(parts, text.substring(start), firstLine, problem);
        return parts;
    }

    private static void add(List<Part> parts, String text, int firstLine, Optional<YamlProblem> problem) {
        if (!text.isBlank() || problem.isPresent()) {
            // A tab is never part of a JSON string; as indentation the YAML parser would refuse it.
            parts.add(new Part(isJson(text) ? text.replace('\t', ' ') : text, firstLine, problem));
        }
    }

    private static boolean isJson(String text) {
        return text.stripLeading().startsWith("{");
    }

    private static Optional<YamlProblem> problemOf(String afterSeparator, int line) {
        return afterSeparator.isEmpty() || afterSeparator.startsWith("#")
                ? Optional.empty()
                : Optional.of(new YamlProblem(
                        new Position(line, SEPARATOR.length() + 1),
                        "invalid document separator: after '---' only a comment may follow on the same line"));
    }

    /**
     * One document's text.
     *
     * @param firstLine the line of the file on which it begins, from 1
     * @param problem what is wrong with the separator before it
     */
    record Part(String text, int firstLine, Optional<YamlProblem> problem) {}
}
