package dev.fairlead.operator.compile;

import dev.fairlead.operator.world.Diagnostic;
import java.util.List;
import java.util.TreeSet;

/** Collects what is found, each finding once, in one order whatever the order of finding. */
final class Findings {
    private final TreeSet<Diagnostic> found = new TreeSet<>();

    void add(Diagnostic diagnostic) {
        found.add(diagnostic);
    }

    List<Diagnostic> sorted() {
        return List.copyOf(found);
    }
}
