package dev.fairlead.operator.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What can be told about manifests without reading them: names, sizes, times and identities of the files. Links are followed,
 * so that a swapped link (as in a mounted ConfigMap) and a file that was renamed into place are changes, even when size and
 * time are the same.
 */
record FolderSignature(List<FileState> files) {
    private static final Set<String> ENDINGS = Set.of(".yaml", ".yml", ".json");
    private static final int DEEPEST = 32;

    /** One file; of what cannot be looked at only the name. */
    private record FileState(String path, long size, FileTime modified, Object identity) {}

    /** Looks at files and folders as they are now. What is not there has an empty signature. */
    static FolderSignature of(List<Path> paths) {
        var files = new ArrayList<FileState>();
        var visited = new HashSet<Object>();
        for (var path : paths) {
            look(path, true, 0, visited, files);
        }
        files.sort(Comparator.comparing(FileState::path));
        return new FolderSignature(List.copyOf(files));
    }

    private static void look(Path path, boolean named, int depth, Set<Object> visited, List<FileState> files) {
        try {
            var attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                if (depth <= DEEPEST && visited.add(identity(path, attributes))) {
                    lookInto(path, depth, visited, files);
                }
            } else if (named || isManifest(path)) {
                files.add(new FileState(
                        path.toString(), attributes.size(), attributes.lastModifiedTime(), attributes.fileKey()));
            }
        } catch (IOException e) {
            // Gone, or not ours to look at: both are states, and differ from the file being there.
            files.add(new FileState(path.toString(), -1, null, null));
        }
    }

    private static void lookInto(Path folder, int depth, Set<Object> visited, List<FileState> files)
            throws IOException {
        try (var entries = Files.newDirectoryStream(folder, entry -> !isHidden(entry))) {
            for (var entry : entries) {
                look(entry, false, depth + 1, visited, files);
            }
        }
    }

    private static Object identity(Path path, BasicFileAttributes attributes) {
        return attributes.fileKey() == null ? path : attributes.fileKey();
    }

    private static boolean isHidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }

    private static boolean isManifest(Path path) {
        String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
        return ENDINGS.stream().anyMatch(name::endsWith);
    }
}
