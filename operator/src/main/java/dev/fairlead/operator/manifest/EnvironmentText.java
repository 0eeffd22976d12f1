package dev.fairlead.operator.manifest;

import dev.fairlead.operator.world.Reason;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills {@code ${NAME}} from the environment. */
final class EnvironmentText {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

    private final Function<String, String> environment;

    /** @param environment the value of a variable, or null */
    EnvironmentText(Function<String, String> environment) {
        this.environment = environment;
    }

    /**
     * The text with every variable replaced, or which variable is missing; what came in is not looked at again.
     *
     * @param noun what the text is, for a person
     */
    DataValue filled(String text, String noun) {
        Matcher matcher = VARIABLE.matcher(text);
        var filled = new StringBuilder();
        while (matcher.find()) {
            String value = environment.apply(matcher.group(1));
            if (value == null || value.isEmpty()) {
                return new DataValue.Broken(
                        Reason.ENVIRONMENT_NOT_SET,
                        "environment variable " + matcher.group(1) + " is not set (export it, or write the " + noun
                                + " into the manifest)");
            }
            matcher.appendReplacement(filled, Matcher.quoteReplacement(value));
        }
        return new DataValue.Text(matcher.appendTail(filled).toString());
    }
}
