package dev.fairlead.sidecar.route;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Model names of some routes: exact ones first, then the closest pattern; the earlier route wins a tie. */
final class ModelIndex {
    private final Map<String, Match> exact = new HashMap<>();
    private final List<ModelPattern> patterns = new ArrayList<>();

    void add(Match match) {
        var pattern = ModelPattern.of(match);
        if (pattern == null) {
            exact.putIfAbsent(match.model().name(), match);
        } else {
            patterns.add(pattern);
            patterns.sort(Comparator.comparingInt(ModelPattern::length).reversed());
        }
    }

    Match find(String model) {
        var found = exact.get(model);
        if (found != null) {
            return found;
        }
        for (var pattern : patterns) {
            if (pattern.matches(model)) {
                return pattern.match();
            }
        }
        return null;
    }
}
