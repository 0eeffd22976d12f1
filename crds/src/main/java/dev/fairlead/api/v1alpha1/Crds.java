package dev.fairlead.api.v1alpha1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The generated CustomResourceDefinitions, as they lie on the classpath. Thread-safe: everything is read anew on every call.
 */
public final class Crds {
    private static final String FOLDER = "/META-INF/fairlead/crds/";

    private static final List<String> PLURALS = List.of("airoutes", "keypools", "subscriptions", "tenants");

    private Crds() {}

    /** The plural names of the kinds, in alphabetical order. */
    public static List<String> plurals() {
        return PLURALS;
    }

    /** The YAML of every CRD, one document each, in the order of {@link #plurals()}. */
    public static List<String> yaml() {
        return PLURALS.stream().map(Crds::yaml).toList();
    }

    /**
     * The YAML of one CRD.
     *
     * @param plural one of {@link #plurals()}
     */
    public static String yaml(String plural) {
        try (var stream = open(plural)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The YAML of one CRD as UTF-8; the caller closes it.
     *
     * @param plural one of {@link #plurals()}
     */
    public static InputStream open(String plural) {
        if (!PLURALS.contains(plural)) {
            throw new IllegalArgumentException("no CRD has the plural '" + plural + "'; there are " + PLURALS);
        }
        var stream = Crds.class.getResourceAsStream(FOLDER + plural + ".yaml");
        if (stream == null) {
            throw new IllegalStateException(FOLDER + plural + ".yaml is missing from the classpath");
        }
        return stream;
    }
}
