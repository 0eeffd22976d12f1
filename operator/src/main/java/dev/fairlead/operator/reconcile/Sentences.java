package dev.fairlead.operator.reconcile;

import dev.fairlead.operator.world.Diagnostic;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Findings as the message of a condition: whole sentences, of a length that a person reads and a server stores. */
final class Sentences {
    /** What events.k8s.io takes for a note, and more than anyone reads in a table. */
    static final int LONGEST = 1000;

    private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}");
    private static final int SHOWN = 3;
    private static final int LONGEST_FINDING = 300;

    private Sentences() {}

    static String of(List<Diagnostic> findings) {
        String shown = findings.stream()
                .limit(SHOWN)
                .map(finding -> bounded(
                        finding.path().isEmpty() ? finding.message() : finding.path() + " " + finding.message(),
                        LONGEST_FINDING))
                .collect(Collectors.joining("; "));
        int more = findings.size() - SHOWN;
        return more > 0 ? shown + " (and " + more + " more)." : ended(shown);
    }

    static String ended(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    /** On one line, and no longer than that. */
    static String bounded(String given, int longest) {
        String text = CONTROLS.matcher(given).replaceAll(" ");
        return text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
    }
}
