package dev.fairlead.operator.manifest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A folder of manifests, and an environment, for a test. */
final class Folder {
    /** Compiling all rules takes a second, and they are immutable. */
    static final Kinds KINDS = Kinds.fairlead();

    private final Path path;
    private final Map<String, String> environment = new HashMap<>();

    Folder(Path path) {
        this.path = path;
    }

    Folder with(String name, String text) {
        try {
            var file = path.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Folder withEnvironment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Manifests read() {
        return new ManifestReader(KINDS).read(List.of(path), "default", environment::get);
    }

    /** The findings as a person sees them, with paths relative to the folder. */
    List<String> findings() {
        return read().findings().stream()
                .map(finding -> finding.severity() + " " + finding.toString().replace(path + "/", ""))
                .toList();
    }

    /** The objects that are usable, in order. */
    List<String> objects() {
        return read().objects().stream().map(object -> object.ref().toString()).toList();
    }
}
