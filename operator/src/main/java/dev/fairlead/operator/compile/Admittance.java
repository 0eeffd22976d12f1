package dev.fairlead.operator.compile;

import dev.fairlead.api.v1alpha1.AllowedFrom;
import dev.fairlead.operator.world.Namespaces;
import java.util.List;

/** Which namespaces an object lets in: its own always, others as its {@code allowedFrom} says. */
final class Admittance {
    private static final List<String> WORDS = List.of("Same", "All", "Selector");

    private final String home;
    private final String word;
    private final Selector selector;
    private final Namespaces namespaces;

    private Admittance(String home, String word, Selector selector, Namespaces namespaces) {
        this.home = home;
        this.word = word;
        this.selector = selector;
        this.namespaces = namespaces;
    }

    /** Reads {@code allowedFrom}; what is absent or cannot be read lets nobody else in. */
    static Admittance of(String home, AllowedFrom rule, String path, Fields fields, Namespaces namespaces) {
        String word = rule == null ? "Same" : fields.word(path + ".namespaces", rule.getNamespaces(), WORDS, "Same");
        var selector = new Selector(rule == null ? null : rule.getSelector());
        if (word.equals("Selector")) {
            selector.problem().ifPresent(problem -> fields.invalid(path + ".selector", problem));
        }
        return new Admittance(home, word, selector, namespaces);
    }

    boolean admits(String namespace) {
        return namespace.equals(home)
                || switch (word) {
                    case "All" -> true;
                    case "Selector" -> selector.matches(namespaces.labelsOf(namespace));
                    default -> false;
                };
    }

    /** Whether it lets in nobody but its own namespace. */
    boolean closed() {
        return word.equals("Same");
    }
}
