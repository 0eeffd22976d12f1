package dev.fairlead.operator.compile;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A label selector with the meaning that Kubernetes gives it: all of it has to match, an empty one matches everything. None
 * at all, or one that cannot be understood, matches nothing.
 */
record Selector(LabelSelector written) {
    boolean matches(Map<String, String> labels) {
        return written != null
                && problem().isEmpty()
                && pairs().entrySet().stream()
                        .allMatch(pair -> Objects.equals(labels.get(pair.getKey()), pair.getValue()))
                && requirements().stream().allMatch(requirement -> matches(requirement, labels));
    }

    /** Whether it has no requirement at all. */
    boolean isEmpty() {
        return pairs().isEmpty() && requirements().isEmpty();
    }

    /** What cannot be understood about it, for a message. */
    Optional<String> problem() {
        if (written == null) {
            return Optional.empty();
        }
        return requirements().stream()
                .filter(requirement -> !understood(requirement))
                .map(requirement -> requirement == null
                        ? "has an empty matchExpressions entry"
                        : "has operator '" + requirement.getOperator() + "' with "
                                + values(requirement).size()
                                + " values: expected In or NotIn with values, or Exists or DoesNotExist without")
                .findFirst();
    }

    private Map<String, String> pairs() {
        return written.getMatchLabels() == null ? Map.of() : written.getMatchLabels();
    }

    private List<LabelSelectorRequirement> requirements() {
        return written.getMatchExpressions() == null ? List.of() : written.getMatchExpressions();
    }

    private static List<String> values(LabelSelectorRequirement requirement) {
        return requirement.getValues() == null ? List.of() : requirement.getValues();
    }

    private static boolean understood(LabelSelectorRequirement requirement) {
        if (requirement == null || requirement.getOperator() == null || requirement.getKey() == null) {
            return false;
        }
        boolean empty = values(requirement).isEmpty();
        return switch (requirement.getOperator()) {
            case "In", "NotIn" -> !empty;
            case "Exists", "DoesNotExist" -> empty;
            default -> false;
        };
    }

    private static boolean matches(LabelSelectorRequirement requirement, Map<String, String> labels) {
        String value = labels.get(requirement.getKey());
        return switch (requirement.getOperator()) {
            case "In" -> value != null && values(requirement).contains(value);
            case "NotIn" -> value == null || !values(requirement).contains(value);
            case "Exists" -> value != null;
            default -> value == null;
        };
    }
}
