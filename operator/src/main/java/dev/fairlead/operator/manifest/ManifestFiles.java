package dev.fairlead.operator.manifest;

import dev.fairlead.operator.world.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The one place where manifests are files: finds them in a stable order, and reads them. Used once. */
final class ManifestFiles {
    /** A folder with more is not a folder of manifests. */
    static final int MOST_FILES = 10_000;

    /** All files together; a folder with more is not one of manifests either, and would not fit in memory. */
    static final long MOST_BYTES = 128L * 1024 * 1024;

    private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");
    private static final int DEEPEST = 32;

    private final int largest;
    private final Consumer<Finding> findings;
    private final Set<Path> seen = new HashSet<>();
    private final List<Path> files = new ArrayList<>();
    private long bytes;

    /** @param largest in bytes; of a longer file one byte more is read, so that its reader can tell */
    ManifestFiles(int largest, Consumer<Finding> findings) {
        this.largest = largest;
        this.findings = findings;
    }

    /** All manifest files under these paths; a file that is named itself is one, whatever its name. */
    List<Path> find(List<Path> paths) {
        for (var path : paths) {
            if (Files.isDirectory(path)) {
                int before = files.size();
                walk(path, 0);
                if (files.size() == before) {
                    fault(path, "holds no manifest that was not read already (*.yaml, *.yml, *.json)");
                }
            } else if (Files.exists(path)) {
                add(path);
            } else {
                fault(path, "no such file or folder");
            }
        }
        if (files.size() > MOST_FILES) {
            fault(files.get(MOST_FILES), "more than " + MOST_FILES + " files: the rest is not read");
            return files.subList(0, MOST_FILES);
        }
        return files;
    }

    private void walk(Path folder, int depth) {
        if (depth > DEEPEST || files.size() > MOST_FILES || !isNew(folder)) {
            return;
        }
        try (var entries = Files.list(folder)) {
            var sorted = entries.sorted(Comparator.comparing(path -> nameOf(path)))
                    .filter(path -> !nameOf(path).startsWith("."))
                    .toList();
            for (var entry : sorted) {
                if (Files.isDirectory(entry)) {
                    walk(entry, depth + 1);
                } else if (isManifest(nameOf(entry))) {
                    add(entry);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            fault(folder, "the folder cannot be read: " + reason(e));
        }
    }

    private void add(Path file) {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            fault(file, "not a regular file");
        } else if (isNew(file)) {
            files.add(file);
        }
    }

    /** By where it really is, so that links lead neither in circles nor to the same objects twice. */
    private boolean isNew(Path path) {
        try {
            return seen.add(path.toRealPath());
        } catch (IOException e) {
            // Gone or a broken link: reading it says so.
            return seen.add(path.toAbsolutePath().normalize());
        }
    }

    /** The bytes of a file; nothing, and a finding, if it cannot be read. */
    Optional<byte[]> read(Path file) {
        if (bytes > MOST_BYTES) {
            fault(file, "not read: the files before it are " + MOST_BYTES + " bytes already");
            return Optional.empty();
        }
        try (var in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(largest + 1);
            bytes += content.length;
            return Optional.of(content);
        } catch (IOException e) {
            fault(file, "cannot be read: " + reason(e));
            return Optional.empty();
        }
    }

    private static boolean isManifest(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(lower::endsWith) && !lower.matches("kustomization\\.ya?ml");
    }

    private static String nameOf(Path path) {
        var name = path.getFileName();
        return name == null ? "" : name.toString();
    }

    private static String reason(Exception e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        return e instanceof NoSuchFileException ? "it is not there (any more)" : "the file system says no";
    }

    private void fault(Path path, String message) {
        findings.accept(new Finding(Severity.ERROR, Source.ofFile(path.toString()), Optional.empty(), "", message));
    }
}
