package dev.fairlead.operator.manifest.yaml;

/** Ends the reading of one document; caught by {@link YamlReader} and nowhere else. */
final class Unreadable extends Exception {
    private final transient YamlProblem problem;

    Unreadable(Position position, String message) {
        this(new YamlProblem(position, message));
    }

    Unreadable(YamlProblem problem) {
        super(problem.message(), null, false, false);
        this.problem = problem;
    }

    YamlProblem problem() {
        return problem;
    }
}
