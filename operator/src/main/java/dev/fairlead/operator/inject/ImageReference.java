package dev.fairlead.operator.inject;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of an image.
 *
 * @param repository with its registry, without tag and digest
 */
record ImageReference(String text, String repository) {
    private static final Pattern FORM =
            Pattern.compile("(?<repository>[A-Za-z0-9.-]+(?::[0-9]+)?(?:/[a-z0-9._-]+)+|[a-z0-9._-]+)"
                    + "(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(?:@[A-Za-z0-9+.]+:[0-9a-fA-F]{32,128})?");

    /** Empty for what is no image's name. */
    static Optional<ImageReference> parse(String text) {
        var matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new ImageReference(text, matcher.group("repository")))
                : Optional.empty();
    }
}
