package dev.fairlead.operator.cluster;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** A label selector as a request to an API server has it; the same for selectors that say the same in another order. Pure. */
final class SelectorText {
    private SelectorText() {}

    /** Nothing for a selector that is empty or cannot be understood: nobody asks for everything by mistake. */
    static Optional<String> of(LabelSelector selector) {
        var terms = new TreeSet<String>();
        if (selector.getMatchLabels() != null) {
            selector.getMatchLabels().forEach((key, value) -> terms.add(key + "=" + value));
        }
        if (selector.getMatchExpressions() != null) {
            for (var requirement : selector.getMatchExpressions()) {
                var term = term(requirement);
                if (term.isEmpty()) {
                    return Optional.empty();
                }
                terms.add(term.get());
            }
        }
        return terms.isEmpty() ? Optional.empty() : Optional.of(String.join(",", terms));
    }

    private static Optional<String> term(LabelSelectorRequirement requirement) {
        if (requirement == null || requirement.getKey() == null || requirement.getOperator() == null) {
            return Optional.empty();
        }
        String key = requirement.getKey();
        var values = requirement.getValues() == null ? List.<String>of() : requirement.getValues();
        String list = "(" + String.join(",", new TreeSet<>(values)) + ")";
        return switch (requirement.getOperator()) {
            case "In" -> values.isEmpty() ? Optional.empty() : Optional.of(key + " in " + list);
            case "NotIn" -> values.isEmpty() ? Optional.empty() : Optional.of(key + " notin " + list);
            case "Exists" -> values.isEmpty() ? Optional.of(key) : Optional.empty();
            case "DoesNotExist" -> values.isEmpty() ? Optional.of("!" + key) : Optional.empty();
            default -> Optional.empty();
        };
    }
}
