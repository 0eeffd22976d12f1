package dev.fairlead.operator.standalone;

import dev.fairlead.operator.manifest.Finding;
import dev.fairlead.operator.manifest.ManifestObject;
import dev.fairlead.operator.manifest.Manifests;
import dev.fairlead.operator.manifest.Source;
import dev.fairlead.operator.world.ObjectRef;
import dev.fairlead.operator.world.Severity;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The objects that count, after all readings of a folder so far. Immutable. */
public final class Admitted {
    private final Map<ObjectRef, Admission> objects;
    private final Manifests latest;
    private final List<String> kept;

    private Admitted(Map<ObjectRef, Admission> objects, Manifests latest, List<String> kept) {
        this.objects = Map.copyOf(objects);
        this.latest = latest;
        this.kept = kept;
    }

    /** What counts when a folder is read for the first time. */
    public static Admitted first(Manifests reading) {
        return new Admitted(usable(reading), reading, List.of());
    }

    /** What counts after another reading of the same folder. */
    public Admitted after(Manifests reading) {
        var next = usable(reading);
        var unread = unread(reading);
        var kept = new TreeSet<String>();
        objects.forEach((ref, admission) -> {
            boolean stays = reading.refused().contains(ref)
                    || isUnder(admission.object().source(), unread);
            if (stays && next.putIfAbsent(ref, admission) == null) {
                kept.add(ref.toString());
            }
        });
        return new Admitted(next, reading, List.copyOf(kept));
    }

    /** What would count if these manifests were laid over the folder: objects of theirs replace those of the same name. */
    public Admitted with(Manifests changes) {
        var next = new HashMap<>(objects);
        next.putAll(usable(changes));
        return new Admitted(next, latest, kept);
    }

    /** The objects that count in an older version than the one that is written, sorted. */
    public List<String> kept() {
        return kept;
    }

    /** How many objects count. */
    public int size() {
        return objects.size();
    }

    /** Where a value of an object was written, when the object is among those that count. */
    public Optional<Source> source(ObjectRef ref, String path) {
        return Optional.ofNullable(objects.get(ref))
                .map(admission -> admission.object().source(path));
    }

    List<ManifestObject> ofKind(String kind) {
        return objects.values().stream()
                .map(Admission::object)
                .filter(object -> object.ref().kind().equals(kind))
                .toList();
    }

    /** The reading whose values count for an object: of one that does not count the latest, which knows why. */
    Manifests readingOf(ObjectRef ref) {
        var admission = objects.get(ref);
        return admission == null ? latest : admission.reading();
    }

    /** Those that are written but do not count, in any version. */
    Set<ObjectRef> refused() {
        return latest.refused().stream()
                .filter(ref -> !objects.containsKey(ref))
                .collect(Collectors.toSet());
    }

    private static Map<ObjectRef, Admission> usable(Manifests reading) {
        var usable = new HashMap<ObjectRef, Admission>();
        reading.objects().forEach(object -> usable.put(object.ref(), new Admission(object, reading)));
        return usable;
    }

    /** Files and folders about which nothing can be said but that they cannot be read. */
    private static Set<Path> unread(Manifests reading) {
        return reading.findings().stream()
                .filter(finding ->
                        finding.severity() == Severity.ERROR && finding.object().isEmpty())
                .map(Finding::source)
                .map(source -> Path.of(source.file()))
                .collect(Collectors.toSet());
    }

    private static boolean isUnder(Source source, Set<Path> unread) {
        var file = Path.of(source.file());
        return unread.stream().anyMatch(file::startsWith);
    }

    /** An object and the reading that it came from. */
    private record Admission(ManifestObject object, Manifests reading) {}
}
