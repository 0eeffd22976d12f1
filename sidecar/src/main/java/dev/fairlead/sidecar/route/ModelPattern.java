package dev.fairlead.sidecar.route;

/** A model name with one {@code *} at an end: {@code prefix*}, {@code *suffix} or {@code *}. */
record ModelPattern(String prefix, String suffix, Match match) {

    /** The pattern, or {@code null} when the name is exact. */
    static ModelPattern of(Match match) {
        var name = match.model().name();
        if (name.endsWith("*")) {
            return new ModelPattern(name.substring(0, name.length() - 1), "", match);
        }
        return name.startsWith("*") ? new ModelPattern("", name.substring(1), match) : null;
    }

    boolean matches(String model) {
        return model.length() >= length() && model.startsWith(prefix) && model.endsWith(suffix);
    }

    /** The more characters are fixed, the closer the match. */
    int length() {
        return prefix.length() + suffix.length();
    }
}
