package dev.fairlead.operator.manifest.rule;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.fairlead.operator.manifest.schema.Rule;
import dev.fairlead.operator.manifest.schema.Violation;
import dev.fairlead.operator.manifest.yaml.FieldPath;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A rule, ready to be evaluated. */
record CompiledRule(
        Rule rule, CelRuntime.Program program, Optional<CelRuntime.Program> messageProgram, Optional<FieldPath> under) {
    private static final int LONGEST_MESSAGE_BYTES = 5120;
    private static final Pattern WHERE = Pattern.compile("^evaluation error(?: at [^:]*:-?[0-9]+)?: ");

    /**
     * @param self what the rule sees as {@code self}
     * @param typeWord the type of that value, which the API server shows in its place
     */
    Optional<Violation> violation(Object self, FieldPath path, String typeWord) {
        // A new object has no old self; a rule that takes it as optional sees none.
        Map<String, Object> variables = Map.of("self", self, "oldSelf", Optional.empty());
        try {
            return Boolean.TRUE.equals(evaluated(program, variables))
                    ? Optional.empty()
                    : Optional.of(broken(variables, path, typeWord));
        } catch (CelEvaluationException e) {
            String cause = WHERE.matcher(String.valueOf(e.getMessage())).replaceFirst("");
            return Optional.of(Violation.invalid(path, "\"" + typeWord + "\"", cause + " evaluating rule: " + name()));
        }
    }

    private Violation broken(Map<String, Object> variables, FieldPath path, String typeWord) {
        String detail = expressedMessage(variables)
                .orElseGet(() -> rule.message().map(String::strip).orElseGet(() -> "failed rule: " + name()));
        var at = under.map(path::then).orElse(path);
        return switch (rule.reason()) {
            case "FieldValueForbidden" -> new Violation(at, Violation.Kind.FORBIDDEN, "Forbidden: " + detail);
            case "FieldValueRequired" -> new Violation(at, Violation.Kind.REQUIRED, "Required value: " + detail);
            case "FieldValueDuplicate" ->
                new Violation(at, Violation.Kind.DUPLICATE, "Duplicate value: \"" + typeWord + "\": " + detail);
            default -> Violation.invalid(at, "\"" + typeWord + "\"", detail);
        };
    }

    /** Nothing if there is no expression, or it yields what an API server would not show either. */
    private Optional<String> expressedMessage(Map<String, Object> variables) {
        if (messageProgram.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(evaluated(messageProgram.get(), variables))
                    .filter(String.class::isInstance)
                    .map(message -> ((String) message).strip())
                    .filter(message -> !message.isEmpty() && !message.contains("\n"))
                    .filter(message -> message.getBytes(StandardCharsets.UTF_8).length <= LONGEST_MESSAGE_BYTES);
        } catch (CelEvaluationException e) {
            return Optional.empty();
        }
    }

    private static Object evaluated(CelRuntime.Program program, Map<String, Object> variables)
            throws CelEvaluationException {
        try {
            return program.eval(variables);
        } catch (RuntimeException e) {
            // Some functions of the library throw unchecked for a bad argument, such as a regex that is none.
            throw new CelEvaluationException(String.valueOf(e.getMessage()), e);
        }
    }

    private String name() {
        return rule.message().orElse(rule.expression()).strip();
    }
}
