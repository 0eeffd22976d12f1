package dev.fairlead.operator.manifest;

import dev.fairlead.operator.manifest.Recognition.Outcome;
import dev.fairlead.operator.manifest.yaml.FieldPath;
import dev.fairlead.operator.manifest.yaml.YamlContent;
import dev.fairlead.operator.world.ObjectRef;
import dev.fairlead.operator.world.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Gathers the objects of one set of files. Pure: texts come in, {@link Manifests} go out. Used once, by one thread. */
final class ManifestReading {
    private final Recognition recognition;
    private final String defaultNamespace;
    private final DataReader dataReader;
    private final ObjectCheck check = new ObjectCheck();
    private final ObjectUnroller unroller = new ObjectUnroller();
    private final Redaction redaction = new Redaction();

    private final List<ManifestObject> objects = new ArrayList<>();
    private final List<DataObject> data = new ArrayList<>();
    private final Set<ObjectRef> refused = new HashSet<>();
    private final Map<ObjectRef, Source> seen = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    ManifestReading(Kinds kinds, String defaultNamespace, EnvironmentText environment) {
        this.recognition = new Recognition(kinds);
        this.defaultNamespace = defaultNamespace;
        this.dataReader = new DataReader(environment);
    }

    void finding(Finding finding) {
        findings.add(finding);
    }

    void file(String name, YamlContent content) {
        List<Finding> found = new ArrayList<>();
        for (var problem : content.problems()) {
            var source = Source.of(name, problem.position());
            found.add(new Finding(Severity.ERROR, source, Optional.empty(), "", problem.message()));
        }
        for (var document : content.documents()) {
            for (var object : unroller.objects(name, document)) {
                redaction.hide(object);
                found.addAll(take(object));
            }
        }
        found.sort(Comparator.comparingInt(finding -> finding.source().line()));
        findings.addAll(found);
    }

    private List<Finding> take(RawObject object) {
        var outcome = recognition.of(object);
        if (outcome instanceof Outcome.Skipped) {
            return List.of();
        }
        if (outcome instanceof Outcome.Read read) {
            return take(object, read.kind());
        }
        var findings = new ObjectFindings(object, roughRef(object));
        findings.problems();
        if (outcome instanceof Outcome.Wrong wrong) {
            findings.error(wrong.path(), wrong.message());
        } else if (outcome instanceof Outcome.Ignored ignored) {
            findings.info(FieldPath.ROOT, ignored.message());
        }
        return findings.all();
    }

    private List<Finding> take(RawObject object, Kind kind) {
        String namespace = kind.namespaced() ? namespaceOf(object) : "";
        var ref = new ObjectRef(kind.name(), namespace, object.metadata("name"));
        var found = new ObjectFindings(object, Optional.of(ref));
        found.problems();
        var body = check.stored(object, kind, namespace, found);
        checkUnique(object, ref, found);
        var stored = new ManifestObject(ref, object.file(), object.place(), body);
        if (kind.isData()) {
            var read = dataReader.read(ref, body, found);
            redaction.hide(read);
            if (!found.hasErrors()) {
                data.add(read);
            }
        }
        if (found.hasErrors()) {
            refused.add(ref);
        } else {
            objects.add(stored);
        }
        return found.all();
    }

    private void checkUnique(RawObject object, ObjectRef ref, ObjectFindings found) {
        if (ref.name().isEmpty()) {
            return;
        }
        var first =
                seen.putIfAbsent(ref, Source.of(object.file(), object.place().position()));
        if (first != null) {
            found.error(
                    FieldPath.of("metadata", "name"),
                    "Duplicate value: " + ref + " is defined at " + first + " already");
        }
    }

    private String namespaceOf(RawObject object) {
        String namespace = object.metadata("namespace");
        return namespace.isEmpty() ? defaultNamespace : namespace;
    }

    private static Optional<ObjectRef> roughRef(RawObject object) {
        return object.text("kind").isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new ObjectRef(object.text("kind"), object.metadata("namespace"), object.metadata("name")));
    }

    Manifests result() {
        // What is usable under a name wins over what was refused under it: they were told apart by a finding.
        refused.removeAll(objects.stream().map(ManifestObject::ref).toList());
        return new Manifests(
                objects,
                refused,
                findings.stream().map(redaction::redacted).toList(),
                DataEntries.ofSecrets(data, refused),
                DataEntries.ofConfigMaps(data, refused));
    }
}
