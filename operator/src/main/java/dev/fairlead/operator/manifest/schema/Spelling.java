package dev.fairlead.operator.manifest.schema;

import java.util.Collection;
import java.util.Optional;

/** Finds what somebody probably meant. */
public final class Spelling {
    private final Collection<String> known;

    public Spelling(Collection<String> known) {
        this.known = known;
    }

    /** {@code , did you mean "models"?} or nothing, to be put behind a message. */
    public String hint(String given) {
        return nearest(given).map(word -> ", did you mean \"" + word + "\"?").orElse("");
    }

    Optional<String> nearest(String given) {
        String best = null;
        // A third of the word may be wrong, no more: a far-fetched suggestion is worse than none.
        int bestDistance = Math.max(1, Math.min(given.length(), 64) / 3) + 1;
        for (var word : known.stream().sorted().toList()) {
            int distance = word.equalsIgnoreCase(given) ? 0 : distance(given, word, bestDistance);
            if (distance < bestDistance) {
                best = word;
                bestDistance = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Insertions, deletions, replacements and swaps of neighbours; {@code limit} if there are at least so many. */
    private static int distance(String from, String to, int limit) {
        if (Math.abs(from.length() - to.length()) >= limit) {
            return limit;
        }
        int[][] costs = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                costs[i][j] = i == 0 || j == 0 ? i + j : cheapest(costs, from, to, i, j);
            }
        }
        return costs[from.length()][to.length()];
    }

    private static int cheapest(int[][] costs, String from, String to, int i, int j) {
        int same = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        int cost = Math.min(costs[i - 1][j - 1] + same, Math.min(costs[i - 1][j], costs[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(cost, costs[i - 2][j - 2] + 1) : cost;
    }
}
