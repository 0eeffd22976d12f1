package dev.fairlead.operator.manifest;

import dev.fairlead.operator.world.EntryLookup;
import dev.fairlead.operator.world.ObjectRef;
import dev.fairlead.operator.world.Severity;
import java.util.List;
import java.util.Set;

/**
 * What a folder of manifests holds. Immutable.
 *
 * @param objects those that are usable, in the order of files and documents; none twice
 * @param refused those that are there but have an error, so that a reference to one need not be called a reference to nothing
 * @param findings everything worth saying, in the order of files and lines
 * @param secrets the entries of the usable Secrets, with the environment filled in
 * @param configMaps the entries under {@code data} of the usable ConfigMaps, likewise
 */
public record Manifests(
        List<ManifestObject> objects,
        Set<ObjectRef> refused,
        List<Finding> findings,
        EntryLookup secrets,
        EntryLookup configMaps) {
    public Manifests {
        objects = List.copyOf(objects);
        refused = Set.copyOf(refused);
        findings = List.copyOf(findings);
    }

    /** The usable objects of one kind, such as {@code KeyPool}. */
    public List<ManifestObject> ofKind(String kind) {
        return objects.stream()
                .filter(object -> object.ref().kind().equals(kind))
                .toList();
    }

    /** Whether something was refused or could not be read. */
    public boolean hasErrors() {
        return findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
    }
}
