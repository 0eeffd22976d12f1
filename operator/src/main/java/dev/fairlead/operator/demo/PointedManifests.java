package dev.fairlead.operator.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Manifests that name the provider where it listens: those that were given, or, when the usual port was taken, a copy of them
 * that lasts until it is closed.
 */
final class PointedManifests implements AutoCloseable {
    private final Path folder;
    private final boolean copied;

    private PointedManifests(Path folder, boolean copied) {
        this.folder = folder;
        this.copied = copied;
    }

    /** @param named what the manifests call the provider */
    static PointedManifests of(Path folder, String named, String provider) throws IOException {
        if (provider.equals(named)) {
            return new PointedManifests(folder, false);
        }
        var copy = Files.createTempDirectory("fairlead-quickstart");
        try (var files = Files.newDirectoryStream(folder, "*.yaml")) {
            for (var file : files) {
                Files.writeString(
                        copy.resolve(file.getFileName()), Files.readString(file).replace(named, provider));
            }
        }
        return new PointedManifests(copy, true);
    }

    Path folder() {
        return folder;
    }

    @Override
    public void close() throws IOException {
        if (!copied) {
            return;
        }
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
