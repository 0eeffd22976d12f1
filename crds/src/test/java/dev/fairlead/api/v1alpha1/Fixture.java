package dev.fairlead.api.v1alpha1;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A manifest under {@code src/test/fixtures}.
 *
 * @param name path below the folder, without {@code .yaml}
 * @param expect what the refusal says (a part of it); empty for a manifest that is accepted
 * @param at path of the field that is refused, as an API server names it; empty for a manifest that is accepted
 * @param hides what the refusal must not repeat, because it may be a credential; empty for nothing
 */
record Fixture(String name, String text, String expect, String at, String hides) {
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private static final Path ROOT = Path.of("src", "test", "fixtures");

    static List<Fixture> in(String folder) {
        var directory = ROOT.resolve(folder);
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(file -> read(directory, file))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Fixture read(Path directory, Path file) {
        try {
            var text = Files.readString(file);
            var name = directory.relativize(file).toString().replaceAll("[.]yaml$", "");
            return new Fixture(
                    name, text, header(text, "# expect: "), header(text, "# at: "), header(text, "# hides: "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String header(String text, String label) {
        return text.lines()
                .filter(line -> line.startsWith(label))
                .map(line -> line.substring(label.length()))
                .findFirst()
                .orElse("");
    }

    GenericKubernetesResource resource() {
        return SERIALIZATION.unmarshal(text, GenericKubernetesResource.class);
    }

    JsonNode tree() {
        return SERIALIZATION.unmarshal(text, JsonNode.class);
    }

    @Override
    public String toString() {
        return name;
    }
}
